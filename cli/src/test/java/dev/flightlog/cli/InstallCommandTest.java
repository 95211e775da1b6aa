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
            "--version",
            "mcp remove --scope user flightlog",
            "mcp add-json --scope user flightlog"
                + " {\"type\":\"stdio\",\"command\":\"flightlog\",\"args\":[\"mcp\",\"--home\",\""
                + shell.home
                + "\"]}");
    assertThat(shell.err).contains("To undo: claude mcp remove --scope user flightlog");
  }

  /** Programs of a machine that keep what they were told: a crontab in a file, calls in another. */
  private Shell withScheduler() throws IOException {
    Shell shell = new Shell(user);
    Path folder = Files.createDirectories(user.resolve("bin"));
    Path table = user.resolve("table");
    program(
        folder.resolve("crontab"),
        "if [ \"$1\" = -l ]; then [ -f '%1$s' ] || exit 1; cat '%1$s'; else cat > '%1$s'; fi"
            .formatted(table));
    program(folder.resolve("systemctl"), "echo \"$@\" >> '" + user.resolve("calls") + "'");
    shell.environment.put("PATH", folder + ":/usr/bin:/bin");
    return shell;
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void cronGetsOneLineAndKeepsThoseOfOthers() throws IOException {
    Shell shell = withScheduler();
    Path table = Files.writeString(user.resolve("table"), "5 4 * * * backup\n");
    assertThat(shell.call("install", "cron")).isZero();
    assertThat(shell.out).contains("+0 23 * * 0 flightlog revise --home ");
    assertThat(shell.err).contains("nothing was written");
    assertThat(table).content().isEqualTo("5 4 * * * backup\n");
    assertThat(shell.call("install", "cron", "--yes")).isZero();
    String line = "0 23 * * 0 flightlog revise --home " + shell.home + " # flightlog";
    assertThat(Files.readString(table)).startsWith("5 4 * * * backup\n" + line).hasLineCount(2);
    Files.createDirectories(shell.home);
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"revision\":{\"day\":\"friday\",\"time\":\"07:30\"}}");
    assertThat(shell.call("install", "cron", "--yes")).isZero();
    assertThat(Files.readAllLines(table))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("30 7 * * 5 flightlog revise");
    assertThat(shell.call("install", "cron", "--yes")).isZero();
    assertThat(shell.err).contains("has this line already");
  }

  @Test
  void systemdGetsAServiceAndATimerThatCatchesUp() throws IOException {
    Shell shell = withScheduler();
    Path units = user.resolve(".config/systemd/user");
    assertThat(shell.call("install", "systemd")).isZero();
    assertThat(units).doesNotExist();
    assertThat(shell.call("install", "systemd", "--yes")).isZero();
    assertThat(Files.readString(units.resolve("flightlog-revise.service")))
        .contains("Type=oneshot\nExecStart=flightlog revise --home " + shell.home + "\n");
    assertThat(Files.readString(units.resolve("flightlog-revise.timer")))
        .contains("OnCalendar=Sun *-*-* 23:00:00\nPersistent=true\n");
    assertThat(Files.readAllLines(user.resolve("calls")))
        .containsExactly("--user daemon-reload", "--user enable --now flightlog-revise.timer");
    assertThat(shell.call("install", "systemd")).isZero();
    assertThat(shell.err).contains("is written already");
    assertThat(Files.readAllLines(user.resolve("calls"))).hasSize(2);
  }

  @Test
  void whereSystemdDoesNotRunForTheUserItIsSaidHowToSwitchTheTimerOnLater() throws IOException {
    Shell shell = withScheduler();
    Path systemctl = user.resolve("bin/systemctl");
    program(systemctl, "echo 'Failed to connect to bus' >&2; exit 1");
    String command = "systemctl --user enable --now flightlog-revise.timer";
    for (int i = 0; i < 2; i++) {
      assertThat(shell.call("install", "systemd", "--yes")).isEqualTo(CommandException.FAILED);
      assertThat(shell.err).contains("Failed to connect to bus").contains(command);
      assertThat(user.resolve(".config/systemd/user/flightlog-revise.timer")).exists();
    }
    program(systemctl, "echo \"$@\" >> '" + user.resolve("calls") + "'");
    assertThat(shell.call("install", "systemd", "--yes")).as(shell.err).isZero();
    assertThat(Files.readAllLines(user.resolve("calls"))).hasSize(2);
  }

  @Test
  void aSettingsFileThatInstallMadeIsGoneAgainAfterwards() throws IOException {
    Shell shell = new Shell(user);
    Path settings = user.resolve(".claude/settings.json");
    shell.call("install", "claude", "--hooks", "--yes");
    assertThat(settings).isNotEmptyFile();
    assertThat(shell.call("install", "claude", "--hooks", "--remove", "--yes")).isZero();
    assertThat(shell.err).contains("is gone again");
    assertThat(settings).doesNotExist();
    // What somebody else has added since stays.
    shell.call("install", "claude", "--hooks", "--yes");
    String ours = Files.readString(settings);
    Files.writeString(settings, ours.replaceFirst("\\{", "{\n  \"theirs\": 1,"));
    assertThat(shell.call("install", "claude", "--hooks", "--remove", "--yes")).isZero();
    assertThat(Files.readString(settings)).contains("\"theirs\": 1").doesNotContain("flightlog");
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
