package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.wording.Screen;
import dev.flightlog.wording.TextTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers for a person at a terminal, and what helps there. */
class TerminalTest {
  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void fortyKindsOfErrors() {
    shell = new Shell(user);
  }

  private void errors(int kinds) throws Exception {
    for (int i = 0; i < kinds; i++) {
      shell.transcript("s" + i, "字 failed for a reason that is told at great length " + i);
    }
    Path projects = user.resolve("projects/-home-dev-shop");
    for (int i = 0; i < kinds; i++) {
      Path file = projects.resolve("s" + i + ".jsonl");
      Files.writeString(
          file, Files.readString(file).replace("\"Bash\"", "\"Tool_字字字字字字字字_" + i + "\""));
    }
    assertThat(shell.call("import", user.resolve("projects").toString())).isZero();
  }

  private String asked(String... words) {
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  @Test
  void anAnswerTakesTheHeightAndTheWidthThatThereAre() throws Exception {
    errors(30);
    for (int rows : new int[] {12, 24, 60}) {
      shell.screen = new Screen(80, rows, false);
      String answer = asked("ask", "errors");
      assertThat(answer.lines().count()).as("%s rows", rows).isLessThanOrEqualTo(rows - 2);
      assertThat(answer.lines().filter(line -> line.contains("Tool_")).count())
          .isGreaterThanOrEqualTo(Math.min(30, rows - 7));
      if (rows < 30) {
        assertThat(answer).contains(" more: flightlog ask errors --limit 30");
      }
      answer
          .lines()
          .filter(line -> line.matches(" +1  .*"))
          .forEach(line -> assertThat(TextTable.width(line)).isLessThanOrEqualTo(80));
    }
    shell.screen = new Screen(80, 10, false);
    assertThat(
            asked("ask", "errors", "--limit", "30").lines().filter(line -> line.contains("Tool_")))
        .hasSizeGreaterThanOrEqualTo(30);
    assertThat(asked("ask", "errors", "--max-tokens", "100").lines().count()).isLessThan(9);
    assertThat(asked("ask", "errors", "--format", "json").split("\"class\"")).hasSize(31);
  }

  @Test
  void coloursAreForTerminalsThatTakeThem() throws Exception {
    errors(3);
    shell.screen = new Screen(80, 24, true);
    assertThat(asked("ask", "errors"))
        .startsWith("\u001b[1mErrors, all time")
        .contains("\u001b[2m");
    assertThat(asked("ask", "errors", "--format", "csv")).doesNotContain("\u001b");
    assertThat(Terminal.screen(null, Map.of("TERM", "xterm"))).isNull();
    assertThat(screen("24 80", Map.of("TERM", "xterm"))).isEqualTo(new Screen(80, 24, true));
    assertThat(screen("24 80", Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
    assertThat(screen("24 80", Map.of("TERM", "dumb")).colour()).isFalse();
    assertThat(screen("", Map.of("COLUMNS", "120", "LINES", "50")))
        .isEqualTo(new Screen(120, 50, false));
    assertThat(screen("0 0", Map.of("COLUMNS", "wide"))).isEqualTo(new Screen(80, 24, false));
  }

  private static Screen screen(String told, Map<String, String> environment) {
    return Objects.requireNonNull(Terminal.screen(told, environment));
  }

  @Test
  void everyQuestionExplainsItselfWithAnAnswerAsItIsPrinted() {
    for (Question question : Questions.all()) {
      String help = asked("ask", question.name(), "--help");
      assertThat(help)
          .as(question.name())
          .startsWith("Usage: flightlog ask " + question.usage())
          .contains("$ " + question.example(), "--project", "--until", "--format");
      assertThat(help.contains("--tool")).isEqualTo(question.name().equals("search"));
    }
    assertThat(asked("help", "ask", "cost")).isEqualTo(asked("ask", "cost", "--help"));
    assertThat(shell.call("ask", "costs", "--help")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("did you mean 'cost'?");
  }

  @Test
  void manReadsTheManualPage() throws Exception {
    String page = asked("manpage");
    for (String command : Commands.ALL.keySet()) {
      assertThat(page).contains("\n.SS " + command);
    }
    assertThat(page).contains(".B ask cost [BY]").doesNotContain("\n'").doesNotContain("\t");
    assertThat(page.lines().filter(line -> line.startsWith(".")).map(line -> line.split(" ")[0]))
        .isSubsetOf(".TH", ".SH", ".SS", ".TP", ".B", ".I", ".P", ".nf", ".fi");
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(10_000);
  }
}
