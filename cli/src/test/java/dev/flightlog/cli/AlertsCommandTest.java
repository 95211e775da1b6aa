package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsCommandTest {
  @TempDir Path user;

  @Test
  void aServerTellsOfAnExceededBudgetRefusesToolCallsAndIsAcknowledgedByACommand()
      throws Exception {
    Shell shell = new Shell(user);
    shell.now = java.time.Instant.now();
    Files.createDirectories(shell.home);
    Path got = user.resolve("got");
    Path program = Files.writeString(user.resolve("tell"), "#!/bin/sh\ncat >> '" + got + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"alerts\":{\"command\":["
            + Shell.json(program.toString())
            + "]},\"budget\":{\"guard\":\"stop\"}}");
    assertThat(shell.call("alerts")).isZero();
    assertThat(shell.err).contains("no alert in the last week");
    assertThat(shell.call("alerts", "test")).isZero();
    assertThat(Files.readString(got)).contains("alert.test");
    assertThat(shell.call("budget", "set", "day", "--usd", "0.01")).isZero();

    try (ServeProcess server = new ServeProcess(shell.home, "a-secret", user.resolve("err"))) {
      assertThat(
              shell.call(
                  "record", "model_call", "--field", "cost_usd=5", "--field", "model=some-model"))
          .isZero();
      await(() -> Files.readString(got, UTF_8).contains("alert.fired"));

      assertThat(Files.readString(shell.home.resolve("guard/all")))
          .startsWith("Flightlog: the budget of the day");
      assertThat(shell.call("alerts", "--format", "json")).isZero();
      assertThat(shell.out).contains("\"rule\":\"budget\"").contains("\"severity\":\"critical\"");
      String id = shell.out.replaceAll("(?s).*?\"id\":\"([a-z0-9]+)\".*", "$1");
      assertThat(server.get("/api/alerts").body()).contains("\"firing\":1").contains(id);
      assertThat(server.get("/metrics").body())
          .contains("flightlog_alerts_firing{rule=\"budget\",severity=\"critical\"} 1");
      assertThat(server.get("/api/budgets").body()).startsWith("{\"ok\":false");
      assertThat(shell.call("alerts", "ack", id)).isZero();
      await(() -> server.get("/api/alerts").body().contains("\"state\":\"acknowledged\""));
      assertThat(shell.call("alerts", "ack", "nothing")).isEqualTo(1);
      assertThat(shell.call("budget", "allow")).isZero();
      assertThat(shell.home.resolve("guard/all")).doesNotExist();
    }
    assertThat(Files.readString(got).split("alert\\.fired", -1)).hasSize(2);
  }

  private interface Look {
    boolean holds() throws Exception;
  }

  /** Looks until it holds, a minute at most. */
  private static void await(Look look) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!look.holds()) {
      assertThat(System.nanoTime()).as("in a minute").isLessThan(end);
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Test
  void aSecretThatIsNoneIsNotShown() throws Exception {
    Shell shell = new Shell(user);
    Files.createDirectories(shell.home);
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"alerts\":{\"slack\":{\"url\":\"hooks.slack.com/services/T0/B0/xyzzy\"}}}");

    assertThat(shell.call("alerts", "test")).isEqualTo(1);

    assertThat(shell.err).contains("alerts.slack.url").contains("https://").doesNotContain("xyzzy");
    Files.writeString(shell.home.resolve("config.json"), "{\"alerts\":{\"off\":[\"noise\"]}}");
    assertThat(shell.call("alerts", "test")).isEqualTo(1);
    assertThat(shell.err).contains("there are budget, context, error_rate");
    Files.writeString(shell.home.resolve("config.json"), "{\"alerts\":{\"quiet\":\"22-7\"}}");
    assertThat(shell.call("alerts", "test")).isEqualTo(1);
    assertThat(shell.err).contains("22:00-07:00");
  }
}
