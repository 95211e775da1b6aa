package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.wording.tokens.SafetyFactors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The guide is generated from the definitions, with answers about a small world of the tests;
 * {@code -Dflightlog.docs.write=true} writes it anew.
 */
class GuideTest {
  private static final Path FILE = Path.of("..", "docs", "guide", "questions.md");

  @Test
  void theGuideSaysWhatTheDefinitionsSay() throws IOException {
    String guide = guide();
    if (Boolean.getBoolean("flightlog.docs.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, guide);
    }
    assertThat(Files.readString(FILE))
        .as("stale: run with -Dflightlog.docs.write=true")
        .isEqualTo(guide);
  }

  @Test
  void theExamplesOfHelpAreAnswers() throws IOException {
    Path folder = Path.of("src", "main", "resources", "dev", "flightlog", "analysis", "examples");
    for (Question question : Questions.all()) {
      Path file = folder.resolve(question.name() + ".txt");
      if (Boolean.getBoolean("flightlog.docs.write")) {
        Files.createDirectories(folder);
        Files.writeString(file, example(question));
      }
      assertThat(Files.readString(file))
          .as("stale: run with -Dflightlog.docs.write=true")
          .isEqualTo(example(question));
    }
  }

  private static String example(Question question) {
    return "$ " + question.example() + '\n' + answer(question).text();
  }

  private static Answer answer(Question question) {
    List<String> examples = question.arguments().stream().map(Argument::example).toList();
    QuestionCall call = QuestionCall.of(question.name(), examples.toArray(String[]::new));
    Answerer world = question.name().equals("runs") ? RunWorld.sample() : FlowWorld.answerer();
    return world.ask(call);
  }

  private static String guide() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # Questions

        Generated from the definitions. `flightlog ask` lists the questions, `flightlog ask NAME` asks one.

        | ask | what it tells | budget |
        |---|---|---|
        """);
    for (Question question : Questions.all()) {
      out.append("| [`").append(cell(question.usage())).append("`](#").append(question.name());
      out.append(") | ").append(cell(question.title())).append(" | ").append(question.budget());
      out.append(" |\n");
    }
    out.append(
        """

        ## Every question

        * A story is one unit of work. Of transcripts it is the git branch, or the folder's name on `main`, `master`, `trunk`, `develop`,
          `dev` and `HEAD`; `flightlog ask cost` lists yours.
        * `--story S` and `--agent A` take only events of that story and agent. `--story default` also takes events of no story.
        * `--since` takes a length of time before now (`36h`, `7d`, `4w`), a date, or an RFC 3339 time. A time without zone is UTC.
        * Without `--since` all events count. Trends compare periods that end with the newest event, not with now.
        * `--max-tokens N` sets another budget. The tokens of an answer are those of its text in the public vocabulary
          `o200k_base`, times a safety factor of FACTOR unless set otherwise, rounded up. They never exceed the budget: whole
          rows are left out, the least valuable first, and the last line says how many and how to get them. A budget below one
          row is refused.
        * A column in which no row has anything to say is left out of the text. `-` is unknown or none.
        * `--format json` gives `{"question","window","rows","omitted","tokens","budget","elapsed_ms"}` with the same rows and raw
          numbers; what is unknown is null, never zero. `window` has `text`, `since`, `first`, `last`, `story`, `agent`, `events`,
          `sessions`, and the question's totals over all rows. `--format csv` gives the same rows.
        * Names are shown as they were logged, shortened in the middle; what has no glyph of its own, such as control and
          bidirectional characters, is shown as an escape (`\\u202e`). JSON has the names whole.
        """
            .replace("FACTOR", Double.toString(SafetyFactors.STANDARD)));
    for (Question question : Questions.all()) {
      section(out, question);
    }
    return out.toString();
  }

  private static void section(StringBuilder out, Question question) {
    out.append("\n## ").append(question.name()).append("\n\n");
    out.append(question.title()).append(". At most ").append(question.budget());
    out.append(" tokens unless asked for more.\n\n");
    if (!question.arguments().isEmpty()) {
      out.append("| argument | required | meaning |\n|---|---|---|\n");
      for (Argument argument : question.arguments()) {
        out.append("| `").append(cell(argument.name())).append("` | ");
        out.append(argument.required() ? "yes" : "no").append(" | ");
        out.append(cell(argument.meaning())).append(" |\n");
      }
      out.append('\n');
    }
    Answer answer = answer(question);
    out.append("```\n").append(example(question));
    out.append("```\n\n").append(answer.tokens()).append(" tokens. ").append(question.rule());
    out.append("\n\n| key | kind | meaning |\n|---|---|---|\n");
    for (Column<?> column : question.columns()) {
      out.append("| `").append(column.key()).append("` | ").append(kind(column));
      out.append(" | ").append(cell(column.meaning())).append(" |\n");
    }
  }

  /** A bar would end the cell of a table, even between backticks. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String kind(Column<?> column) {
    return switch (column.kind()) {
      case TEXT -> "text";
      case WHOLE -> "whole number";
      case REAL -> "number";
      case TIME -> "RFC 3339 time";
    };
  }
}
