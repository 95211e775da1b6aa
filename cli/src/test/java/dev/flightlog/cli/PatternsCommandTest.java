package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsCommandTest {
  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void home() {
    shell = new Shell(user);
  }

  private String file(String text) throws IOException {
    return Files.writeString(user.resolve("some.log"), text).toString();
  }

  @Test
  void everyLineOfAFileGetsItsTemplate() throws IOException {
    String log = file("took 1 ms, ok\nstarted\ntook 22 ms, ok\n");
    assertThat(shell.call("patterns", "lines", log, "--format", "csv")).as(shell.err).isZero();
    String[] rows = shell.out.split("\n");
    assertThat(rows).hasSize(4);
    assertThat(rows[0]).isEqualTo("line,template_id,template");
    assertThat(rows[1]).matches("1,[0-9a-f]{16},\"took <\\*>, ok\"");
    assertThat(rows[2]).matches("2,[0-9a-f]{16},started");
    assertThat(rows[3].substring(1)).isEqualTo(rows[1].substring(1));
    assertThat(shell.call("patterns", "lines", log, "--format", "json")).isZero();
    assertThat(shell.out).startsWith("[{\"line\":1,\"template_id\":\"").endsWith("}]\n");
  }

  @Test
  void textShowsTemplatesWithTheirCounts() throws IOException {
    String log = file("took 1 ms\nstarted\ntook 22 ms\n");
    assertThat(shell.call("patterns", "lines", log, "--limit", "1")).isZero();
    assertThat(shell.out.lines().skip(1)).singleElement().asString().contains("2  ", "took <*>");
    assertThat(shell.err).contains("3 lines, 2 templates; +1 more: --limit 2");
  }

  @Test
  void whatCannotBeReadIsSaidPlainly() {
    assertThat(shell.call("patterns", "lines", user.resolve("none").toString()))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("cannot be read");
    assertThat(shell.call("patterns", "lines", user.toString())).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("is a folder");
  }

  @Test
  void hostileLinesAreShownAsEscapesAndNeverAsFormulas() throws IOException {
    String log = file("=cmd()\n\u001b]0;x\u0007\u202edone\n\u009b31m red\n");
    for (String format : new String[] {"text", "csv", "json"}) {
      assertThat(shell.call("patterns", "lines", log, "--format", format)).isZero();
      assertThat(shell.out.codePoints().filter(c -> c == 0x1b || c == 0x202e || c == 0x9b))
          .as(format)
          .isEmpty();
    }
    assertThat(shell.call("patterns", "lines", log, "--format", "csv")).isZero();
    assertThat(shell.out.lines().skip(1)).noneMatch(line -> line.contains(",="));
  }
}
