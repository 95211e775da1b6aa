package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path user;

  private String completed(String line) throws IOException {
    Shell shell = new Shell(user);
    assertThat(shell.call("completion", "bash")).isZero();
    String script =
        shell.out
            + "COMP_WORDS=("
            + line
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _flightlog; echo ${COMPREPLY[@]}";
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void bashCompletesCommandsActionsAndOptions() throws IOException {
    assertThat(completed("flightlog do")).isEqualTo("doctor");
    assertThat(completed("flightlog prices c")).isEqualTo("check");
    assertThat(completed("flightlog import --wa")).isEqualTo("--watch");
    assertThat(completed("flightlog ask bott")).isEqualTo("bottlenecks");
    assertThat(completed("flightlog ask cost pro")).isEqualTo("project");
    assertThat(completed("flightlog ask search --fai")).isEqualTo("--failed");
    assertThat(completed("flightlog ask cost --fai")).isEmpty();
    assertThat(completed("flightlog ask cost --format js")).isEqualTo("json");
  }

  @Test
  void everyCommandIsKnownToEveryShell() {
    Shell shell = new Shell(user);
    for (String name : new String[] {"bash", "zsh", "fish"}) {
      assertThat(shell.call("completion", name)).isZero();
      for (String command : Commands.ALL.keySet()) {
        assertThat(shell.out).as(name).contains(command);
      }
    }
    assertThat(shell.call("completion", "tcsh")).isEqualTo(CommandException.USAGE);
  }
}
