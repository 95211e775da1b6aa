package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an answer suggests is a command that can be pasted: it names what is there, and runs. */
class HintsTest {
  private static final Pattern COMMAND = Pattern.compile("flightlog (?:'[^']*'|[^;'\\n])+");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");
  private static final Path SAMPLES =
      Path.of("src/main/resources/dev/flightlog/cli/data/samples/sample-project");

  @TempDir Path user;

  @Test
  void everyCommandThatAnAnswerSuggestsRuns() throws Exception {
    Shell shell = new Shell(user);
    shell.transcript("one", "make: *** No rule to make target 'all'.");
    shell.transcript("two", "make: *** No rule to make target 'x'.");
    shell.transcript("three", "make: *** No rule to make target 'y'.");
    Path projects = user.resolve("projects");
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        Files.copy(file, projects.resolve(file.getFileName()));
      }
    }
    assertThat(shell.call("import", projects.toString())).isZero();
    Set<String> suggested = new TreeSet<>();
    for (Question question : Questions.all()) {
      List<String> words = new ArrayList<>(List.of("ask", question.name()));
      question.arguments().stream()
          .filter(Argument::required)
          .map(Argument::example)
          .forEach(words::add);
      shell.call(words.toArray(String[]::new));
      Matcher commands = COMMAND.matcher(shell.out);
      commands.results().map(MatchResult::group).map(String::strip).forEach(suggested::add);
    }
    assertThat(suggested).hasSizeGreaterThan(10);
    run(suggested, shell);
  }

  @Test
  void everyCommandThatQuickstartSuggestsIsWholeAndAboutItsHome() {
    Shell shell = new Shell(user);
    assertThat(shell.call("quickstart")).as(shell.err).isZero();
    assertThat(shell.out.lines().filter(line -> line.contains(" more: ")))
        .isNotEmpty()
        .allMatch(line -> line.contains(" more: flightlog --home "));
    Set<String> suggested = new TreeSet<>();
    for (String line :
        shell.out.lines().filter(l -> !l.matches(".*flightlog (import|sql) .*")).toList()) {
      Matcher commands = COMMAND.matcher(line.replaceFirst(" {3,}\\S.*$", "").replace(")", ""));
      commands.results().map(MatchResult::group).map(String::strip).forEach(suggested::add);
    }
    assertThat(suggested).hasSizeGreaterThan(4).allMatch(command -> command.contains(" --home "));
    run(suggested, shell);
  }

  @Test
  void whatIsSuggestedToACallThatNamedItsHomeIsAboutThatHome() throws Exception {
    Shell shell = new Shell(user);
    for (String name : List.of("one", "two", "three")) {
      shell.transcript(name, "make: *** No rule to make target '" + name + "'.");
    }
    String home = user.resolve("another home").toString();
    List<List<String>> calls = new ArrayList<>();
    for (Question question : Questions.all()) {
      List<String> words = new ArrayList<>(List.of("ask", question.name()));
      question.arguments().stream()
          .filter(Argument::required)
          .map(Argument::example)
          .forEach(words::add);
      calls.add(words);
    }
    for (String more :
        List.of(
            "ask|nothing",
            "ask|errors|--since|never",
            "search|none such",
            "doctor",
            "rules",
            "rules|propose",
            "rules|show|none",
            "task|show|task-none",
            "sources|forget|/none",
            "budget",
            "archive|list",
            "run|show|none",
            "alerts|ack|none",
            "report|none|other",
            "revise",
            "prices|check")) {
      calls.add(List.of(more.split("\\|")));
    }
    Set<String> suggested = new TreeSet<>();
    for (boolean empty : new boolean[] {true, false}) {
      if (!empty) {
        assertThat(shell.call("import", user.resolve("projects").toString(), "--home", home))
            .isZero();
      }
      for (List<String> words : calls) {
        List<String> call = new ArrayList<>(words);
        call.addAll(List.of("--home", home));
        shell.call(call.toArray(String[]::new));
        Matcher commands = COMMAND.matcher(shell.out + shell.err);
        commands.results().map(MatchResult::group).map(String::strip).forEach(suggested::add);
      }
    }
    suggested.removeIf(
        each -> each.startsWith("flightlog ask' ") || each.startsWith("flightlog '"));
    assertThat(suggested).hasSizeGreaterThan(20);
    assertThat(suggested)
        .allSatisfy(each -> assertThat(each).startsWith("flightlog --home '" + home + "' "));
  }

  private static void run(Set<String> suggested, Shell shell) {
    for (String command : suggested) {
      String[] words =
          WORD.matcher(command.replaceFirst(" \\([a-z, ]+\\)$", ""))
              .results()
              .map(word -> word.group().replace("'\\''", "\u0000").replace("'", ""))
              .skip(1)
              .toArray(String[]::new);
      assertThat(command).doesNotContain("<").doesNotContainPattern(" [A-Z]+$");
      assertThat(shell.call(words)).as("%s\n%s", command, shell.err).isZero();
    }
  }
}
