package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetCommandTest {
  @TempDir Path user;

  @Test
  void aBudgetIsSetShownAndCheckedByTheExitCode() throws Exception {
    Shell shell = new Shell(user);
    assertThat(shell.call("import", shell.transcript("a", "failed").toString())).isZero();
    assertThat(shell.call("budget")).isZero();
    assertThat(shell.err).contains("there is no budget");
    assertThat(shell.call("budget", "check")).isZero();

    // One call of Opus 4.6 on May 31: 10 input and 20 output tokens.
    shell.now = java.time.Instant.parse("2026-05-31T12:00:00Z");
    assertThat(shell.call("budget", "set", "month", "--usd", "300")).isZero();
    assertThat(shell.call("budget", "check", "--format", "json")).isZero();
    assertThat(shell.out).startsWith("{\"ok\":true,").contains("\"spent_usd\":5.5E-4");
    assertThat(shell.call("budget", "set", "day", "--tokens", "29", "--project", "shop")).isZero();
    assertThat(shell.call("budget", "check", "--format", "json")).isEqualTo(1);
    assertThat(shell.out).startsWith("{\"ok\":false,");
    assertThat(shell.err).contains("the budget of the day of shop, 30 of 29 tokens: exceeded");
    assertThat(shell.call("budget", "check", "--project", "other")).isZero();

    assertThat(shell.call("budget")).isZero();
    assertThat(shell.out).contains("month").contains("$300.00").contains("day, shop");
    assertThat(shell.call("budget", "--format", "csv")).isZero();
    assertThat(shell.out).startsWith("project,period,from,until,usd,");

    assertThat(shell.call("budget", "set", "day", "--remove", "--project", "shop")).isZero();
    assertThat(shell.call("budget", "check")).isZero();
    assertThat(shell.call("budget", "set", "day", "--remove", "--project", "shop")).isEqualTo(1);
  }

  @Test
  void whatIsNoBudgetIsRefusedWithWhatWouldBeOne() throws Exception {
    Shell shell = new Shell(user);
    assertThat(shell.call("budget", "set")).isEqualTo(2);
    assertThat(shell.err).contains("day, week or month");
    assertThat(shell.call("budget", "set", "year", "--usd", "1")).isEqualTo(2);
    assertThat(shell.call("budget", "set", "day", "--usd", "-1")).isEqualTo(2);
    assertThat(shell.call("budget", "set", "day", "--usd", "0")).isEqualTo(2);
    assertThat(shell.call("budget", "set", "day", "--tokens", "1e9")).isEqualTo(2);
    assertThat(shell.call("budget", "spend")).isEqualTo(2);
    assertThat(shell.call("budget", "set", "day")).isEqualTo(2);
    Files.createDirectories(shell.home);
    Files.writeString(shell.home.resolve("budgets.json"), "{\"budgets\":[{}]}");
    assertThat(shell.call("budget", "check")).isEqualTo(1);
    assertThat(shell.err).contains("budgets.json").contains("period is day, week or month");
  }
}
