package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about what is in a home: sources, prices, samples, recorded details. */
class HomeCommandsTest {
  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(user);
  }

  private String asked(String... words) {
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  @Test
  void sourcesAreListedAndForgotten() throws IOException {
    Path file = shell.transcript("one", "no");
    asked("import", file.toString());
    assertThat(asked("sources")).contains(file.toString(), "true");
    assertThat(asked("sources", "list", "--format", "json"))
        .isEqualToIgnoringNewLines(
            "[{\"path\":\"" + file + "\",\"as\":\"auto\",\"story\":null,\"there\":true}]");
    asked("sources", "forget", user.resolve("projects").toString());
    assertThat(shell.err).contains("forgotten: " + file);
    assertThat(asked("sql", "SELECT count(*) > 0 AS n FROM events", "--format", "csv"))
        .contains("1");
    assertThat(shell.call("sources", "forget", "/none")).isEqualTo(CommandException.FAILED);
    assertThat(shell.call("sources", "drop")).isEqualTo(CommandException.USAGE);
  }

  @Test
  void aFailedImportLeavesNothingBehind() {
    assertThat(shell.call("import", "/no/such/folder")).isEqualTo(CommandException.FAILED);
    asked("sources");
    assertThat(shell.err).contains("nothing was imported yet");
  }

  @Test
  void newLinesOfAKnownSourceAreInTheNextAnswer() throws IOException {
    Path file = shell.transcript("one", "no");
    asked("import", file.toString());
    String before = asked("sql", "SELECT count(*) AS n FROM events", "--format", "csv");
    shell.transcript("two", "neither");
    Files.writeString(
        file, Files.readString(file) + Files.readString(file.resolveSibling("two.jsonl")));
    assertThat(asked("sql", "SELECT count(*) AS n FROM events", "--format", "csv"))
        .isNotEqualTo(before);
  }

  @Test
  void aPriceIsSetListedCheckedAndReplaced() throws IOException {
    asked("prices", "set", "my-model", "--input", "3", "--output", "15", "--cache-read", "0.3");
    asked("prices", "set", "my-model", "--input", "4", "--output", "15");
    assertThat(asked("prices", "--format", "csv")).contains("\nmy-model,4,15,4,4,4,true\n");
    asked("prices", "check");
    for (String wrong : new String[] {"-1", "x", "1e9", "20000", ""}) {
      assertThat(shell.call("prices", "set", "m", "--input", wrong, "--output", "1"))
          .as(wrong)
          .isEqualTo(CommandException.USAGE);
    }
    assertThat(shell.call("prices", "set", "m", "--input", "1")).isEqualTo(CommandException.USAGE);
    Files.writeString(
        shell.home.resolve("prices.json"),
        "{\"models\":[{\"names\":[\"a\"],\"input\":-1,\"output\":1}]}");
    assertThat(shell.call("prices", "check")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("-1");
    Files.writeString(shell.home.resolve("prices.json"), "{");
    assertThat(shell.call("prices", "set", "m", "--input", "1", "--output", "1"))
        .isEqualTo(CommandException.FAILED);
    assertThat(Files.readString(shell.home.resolve("prices.json"))).isEqualTo("{");
  }

  @Test
  void commandsThatAreShownCanBePastedWhateverTheHomeIsCalled() {
    Shell blank = new Shell(shell.user.resolve("it's a place"));
    assertThat(blank.call("quickstart")).as(blank.err).isZero();
    String home = "'" + blank.home.resolve("samples").toString().replace("'", "'\\''") + "'";
    assertThat(blank.out).contains("flightlog ask errors --since 7d --home " + home);
  }

  @Test
  void samplesHaveAHomeOfTheirOwn() {
    String shown = asked("quickstart");
    Path samples = shell.home.resolve("samples");
    assertThat(shown).contains("flightlog ask errors --since 7d --home " + samples);
    assertThat(asked("sql", "SELECT count(*) AS n FROM events", "--format", "csv"))
        .isEqualToIgnoringNewLines("n\n0\n");
    assertThat(
            asked(
                "sql",
                "SELECT count(*) > 50 FROM events",
                "--format",
                "csv",
                "--home",
                samples.toString()))
        .contains("1");
  }

  @Test
  void aDetailThatIsWrittenAsANumberIsOneWhenNothingIsLost() {
    asked(
        "record",
        "x",
        "--field",
        "cost_usd=0.02",
        "--field",
        "n=17",
        "--field",
        "version=1.10",
        "--field",
        "code=007",
        "--field",
        "big=123456789012345678901");
    assertThat(asked("sql", "SELECT details FROM events", "--format", "csv"))
        .contains("\"\"cost_usd\"\":0.02", "\"\"n\"\":17", "\"\"version\"\":\"\"1.10\"\"")
        .contains("\"\"code\"\":\"\"007\"\"", "\"\"big\"\":\"\"123456789012345678901\"\"");
  }

  @Test
  void whatAnImportLeftOutIsCountedAndMakesItsExitCode3() throws IOException {
    Path folder = Files.createDirectories(user.resolve("d"));
    Files.writeString(
        folder.resolve("a.jsonl"),
        "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"x\"}\n");
    Files.write(
        folder.resolve("b.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 1, 2, 3, 4, 5, 6});
    assertThat(shell.call("import", folder.toString(), "--as", "jsonl", "--format", "json"))
        .isEqualTo(CommandException.SET_ASIDE);
    assertThat(shell.out).contains("\"left_out\":1");
    assertThat(shell.err).contains("left out " + folder.resolve("b.jsonl.gz"));
  }
}
