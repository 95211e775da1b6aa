package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {
  @TempDir Path user;

  /** A program named claude that writes down how it was called. */
  private Shell withClaude(int exitCode) throws IOException {
    Shell shell = new Shell(user);
    Path folder = Files.createDirectories(user.resolve("bin"));
    Path claude = folder.resolve("claude");
    Files.writeString(
        claude,
        "#!/bin/sh\necho \"$@\" >> '"
            + user.resolve("calls")
            + "'\necho said by claude\n[ \"$2\" = remove ] || exit "
            + exitCode
            + "\n");
    Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwxr-xr-x"));
    shell.environment.put("PATH", folder + ":/usr/bin:/bin");
    return shell;
  }

  @Test
  void claudeIsToldToStartUsWithTheHomeThatWasNamed() throws IOException {
    Shell shell = withClaude(0);
    assertThat(shell.call("install", "claude", "--home", shell.home.toString())).isZero();
    assertThat(Files.readAllLines(user.resolve("calls")))
        .containsExactly(
            "mcp remove --scope user flightlog",
            "mcp add-json --scope user flightlog"
                + " {\"type\":\"stdio\",\"command\":\"flightlog\",\"args\":[\"mcp\",\"--home\",\""
                + shell.home
                + "\"]}");
    assertThat(shell.err).contains("To undo: claude mcp remove --scope user flightlog");
  }

  @Test
  void whatClaudeSaidIsPassedOnWhenItFails() throws IOException {
    Shell shell = withClaude(3);
    assertThat(shell.call("install", "claude", "--scope", "project"))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("ended with 3: said by claude").doesNotContain("    at ");
  }

  @Test
  void withoutClaudeTheEntryIsShown() {
    Shell shell = new Shell(user);
    shell.environment.put("PATH", user.toString());
    assertThat(shell.call("install", "claude")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("no program 'claude'").contains("\"mcpServers\"");
    assertThat(shell.call("install", "claude", "--print")).isZero();
    assertThat(shell.out).startsWith("{\"mcpServers\":{\"flightlog\":{\"type\":\"stdio\"");
  }

  @Test
  void anythingElseIsRefused() {
    Shell shell = new Shell(user);
    assertThat(shell.call("install", "emacs")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("install", "claude", "--scope", "world"))
        .isEqualTo(CommandException.USAGE);
  }
}
