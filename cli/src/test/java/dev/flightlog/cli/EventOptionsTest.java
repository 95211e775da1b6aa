package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How events are chosen on the command line: the same way by every command that shows them. */
class EventOptionsTest {
  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void twoCallsOfOneProject() throws Exception {
    shell = new Shell(user);
    shell.transcript("one", "no");
    assertThat(shell.call("import", user.resolve("projects").toString())).isZero();
  }

  private String asked(String... words) {
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  @Test
  void projectIsAFilterOfEvents() {
    assertThat(asked("search", "", "--type", "tool_call", "--project", "shop")).contains("Bash");
    assertThat(asked("search", "", "--type", "tool_call", "--project", "other")).isEmpty();
    assertThat(asked("tail", "--project", "other")).isEmpty();
    assertThat(asked("export", "events", "--csv", "--project", "shop", "--failed").lines())
        .hasSize(2);
    assertThat(asked("ask", "search", "make", "--tool", "Bash", "--failed")).contains("Bash");
    assertThat(asked("ask", "search", "make", "--tool", "Read"))
        .contains("No events all time, tool Read");
  }

  @Test
  void anEventIsFoundByItsId() {
    String csv = asked("export", "events", "--csv", "--type", "tool_call", "--failed");
    String id = csv.lines().skip(1).findFirst().orElseThrow().split(",", 2)[0];
    assertThat(asked("search", id).lines()).singleElement().asString().contains("Bash");
    assertThat(asked("ask", "search", id)).contains("Bash");
    assertThat(asked("search", id, "--type", "model_call")).isEmpty();
  }

  @Test
  void aDateBeginsInTheReadersZone() {
    // The call was made at 10:00 UTC on the last of May, which is the first of June in Kiritimati.
    String[] from = {"search", "", "--tool", "Bash", "--since", "2026-06-01", "--timezone", "UTC"};
    assertThat(asked(from)).isEmpty();
    from[7] = "Pacific/Kiritimati";
    assertThat(asked(from)).contains("2026-06-01 00:00:00  ");
    shell.environment.put("FLIGHTLOG_ANALYSIS_TIMEZONE", "Pacific/Kiritimati");
    assertThat(asked("search", "", "--tool", "Bash", "--since", "2026-06-01"))
        .contains("2026-06-01 00:00:00  ");
    shell.now = Instant.parse("2026-05-31T11:00:00Z");
    assertThat(asked("ask", "errors", "--format", "json"))
        .contains("\"timezone\":\"Pacific/Kiritimati\"");
    assertThat(asked("ask", "errors", "--timezone", "+02:00", "--format", "json"))
        .contains("\"timezone\":\"+02:00\"");
  }

  @Test
  void whatCannotChooseIsRefusedAndNotPassedOver() {
    assertThat(shell.call("ask", "cost", "--tool", "Bash")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("'cost' takes no --tool");
    assertThat(shell.call("export", "tasks", "--csv", "--agent", "x"))
        .isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("'export tasks' takes no --agent");
    assertThat(shell.call("search", "x", "--category", "errors")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("did you mean error?");
    assertThat(shell.call("search", "x", "--timezone", "Mars")).isEqualTo(CommandException.USAGE);
    shell.environment.put("FLIGHTLOG_ANALYSIS_TIMEZONE", "Mars");
    assertThat(shell.call("ask", "errors")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("FLIGHTLOG_ANALYSIS_TIMEZONE", "a time zone such as");
  }
}
