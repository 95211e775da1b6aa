package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemediesCommandTest {
  /** Real sessions; where they come from stands in ORIGIN.md beside them. */
  private static final Path SESSIONS =
      Path.of(
          "..", "importer", "src", "test", "resources", "dev", "flightlog", "importer", "claude");

  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void imported() {
    shell = new Shell(user);
    shell.call("import", SESSIONS.toAbsolutePath().normalize().toString());
  }

  @Test
  void theImportHasLearntAndQuestionsOnlyLookItUp() {
    assertThat(
            shell.call(
                "sql",
                "SELECT count(*) FROM marks WHERE key LIKE 'digest:facts:%'",
                "--format",
                "csv"))
        .as(shell.err)
        .isZero();
    assertThat(shell.out).doesNotContain("\r\n0\r\n");
  }

  @Test
  void realErrorsHaveRemediesOrAnHonestNo() {
    assertThat(shell.call("remedies", "file", "has", "not", "been", "read")).as(shell.err).isZero();
    assertThat(shell.out).startsWith("Remedies for ").contains("recovered");
    assertThat(shell.call("remedies", "no such error anywhere")).isZero();
    assertThat(shell.out).startsWith("No error like 'no such error anywhere'");
    assertThat(shell.call("remedies")).isEqualTo(CommandException.USAGE);
  }

  @Test
  void patternsTakeAKindOrNone() {
    assertThat(shell.call("patterns")).as(shell.err).isZero();
    assertThat(shell.out).startsWith("Patterns, all time: ");
    assertThat(shell.call("patterns", "bottlenecks", "--format", "json")).isZero();
    assertThat(shell.out).contains("\"kind\":\"bottlenecks\"");
    assertThat(shell.call("patterns", "erors")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("errors, sequences, bottlenecks, interactions");
  }
}
