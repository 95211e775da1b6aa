package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileTextTest {
  @TempDir Path user;

  @Test
  void noControlCharacterOfALogReachesTheTerminal() throws IOException {
    Shell shell = new Shell(user);
    String hostile =
        "Exit code 1\n\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u009b31m\u202eevil\u0000\u0085\u2066\ufeff x";
    Path file = shell.transcript("hostile", hostile);
    assertThat(shell.call("import", file.toString())).as(shell.err).isZero();
    assertThat(
            shell.call(
                "record",
                "a",
                "--story",
                hostile,
                "--agent",
                hostile,
                "--field",
                "note=" + hostile))
        .as(shell.err)
        .isZero();
    for (List<String> call :
        List.of(
            List.of("ask", "errors"),
            List.of("ask", "agents"),
            List.of("ask", "tools", "--story", hostile),
            List.of("ask", "compare", hostile, "feature-x"),
            List.of("ask", hostile),
            List.of("search", "exit"),
            List.of("tail"),
            List.of("sql", "SELECT * FROM events"),
            List.of("import", hostile),
            List.of(hostile))) {
      shell.call(call.toArray(String[]::new));
      assertThat(
              (shell.out + shell.err)
                  .codePoints()
                  .filter(HostileTextTest::isHarmful)
                  .mapToObj(Integer::toHexString))
          .as("%s printed %s%s", call, shell.out, shell.err)
          .isEmpty();
    }
  }

  private static boolean isHarmful(int c) {
    boolean control = (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || (c >= 0x7f && c <= 0x9f);
    return control || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
  }

  @Test
  void noCellOfACsvCanBeAFormula() {
    Shell shell = new Shell(user);
    for (String start : List.of("=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", " =1", "＝1")) {
      assertThat(shell.call("record", "a", "--agent", start)).isZero();
    }
    for (String[] call :
        List.of(
            new String[] {"sql", "SELECT agent_name FROM events", "--format", "csv"},
            new String[] {"ask", "agents", "--format", "csv"})) {
      assertThat(shell.call(call)).isZero();
      assertThat(shell.out.lines().skip(1).filter(line -> !line.isEmpty()))
          .as(shell.out)
          .noneMatch(line -> line.matches("\"?\\s*[=+\\-@＝].*"));
    }
  }

  @Test
  void secretsPlantedThroughEveryDoorAreNowhereOnDisk() throws IOException {
    Shell shell = new Shell(user);
    Random random = new Random(19);
    List<String> secrets =
        List.of(
            "ghp_" + letters(random, 36),
            "sk-ant-api03-" + letters(random, 93) + "AA",
            "AKIA" + "QYLPMN5HHHFPZAM2",
            "xoxb-" + digits(random, 12) + "-" + digits(random, 13) + "-" + letters(random, 24));
    String all = String.join(" and ", secrets);
    Path transcript = shell.transcript("secrets", "Exit code 1\n" + all);
    Path torn = shell.transcript("torn", "Exit code 1");
    java.nio.file.Files.writeString(
        torn, java.nio.file.Files.readString(torn) + "no json but " + all + "\n");
    assertThat(shell.call("import", transcript.toString(), torn.toString()))
        .isEqualTo(CommandException.SET_ASIDE);
    assertThat(
            shell.call(
                "record",
                "a",
                "--story",
                "s",
                "--agent",
                secrets.get(0),
                "--field",
                "note=" + all,
                "--field",
                "session_id=" + secrets.get(1),
                "--details",
                "{\"nested\":{\"env\":[" + Shell.json(all) + "]}}"))
        .isZero();
    shell.call("ask", "errors");
    shell.call("search", secrets.get(0));
    for (String secret : secrets) {
      assertThat(shell.filesWith(secret, user.resolve("projects"))).as(secret).isEmpty();
    }
    assertThat(shell.call("search", "[redacted:")).isZero();
    assertThat(shell.out).contains("[redacted:");
  }

  private static String letters(Random random, int count) {
    return random
        .ints(count, 0, 62)
        .collect(
            StringBuilder::new,
            (out, i) ->
                out.append(
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(i)),
            StringBuilder::append)
        .toString();
  }

  private static String digits(Random random, int count) {
    return random
        .ints(count, 1, 10)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }
}
