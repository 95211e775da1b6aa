package dev.flightlog.analysis.patterns;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.errors.ErrorCases;
import dev.flightlog.analysis.people.InteractionsInquiry;
import dev.flightlog.analysis.time.BottlenecksInquiry;
import dev.flightlog.patterns.ErrorPair;
import dev.flightlog.patterns.ErrorPattern;
import dev.flightlog.patterns.Pattern;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.facts.RepeatFact;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What recurs: error templates, sequences, bottlenecks, kinds of human interaction. */
public final class PatternsInquiry implements Inquiry {
  static final List<String> KINDS = List.of("errors", "sequences", "bottlenecks", "interactions");

  public static final Question QUESTION =
      new Question(
          "patterns",
          "What recurs: errors, sequences, bottlenecks, interactions",
          "errors are classes of tool, error type and message template, met at least twice, with the"
              + " share after which the same intent succeeded. sequences are errors of one class"
              + " three and more in a row, errors that are followed by another within ten tool"
              + " calls more often than chance (lift; the lower end of a 95 % interval lies above"
              + " chance), and the same call made three and more times in a row without any change."
              + " bottlenecks and interactions are the rows of the questions of these names."
              + " Without a kind, the first of each come first.",
          List.of(
              new Argument(
                  "KIND", false, "errors, sequences, bottlenecks or interactions", "sequences")),
          300,
          new PatternsInquiry());

  /** Questions whose rows are patterns, too. */
  private static final List<Question> OTHERS =
      List.of(BottlenecksInquiry.QUESTION, InteractionsInquiry.QUESTION);

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("kind", "errors, sequences, bottlenecks or interactions"),
          Column.text("pattern", "what recurs, in words"),
          Column.whole("count", "how often; null when it is not counted"),
          Column.whole("sessions", "in how many sessions; null when not known"),
          Column.real("recovered", "of errors: the share after which it worked, 0 to 1"),
          Column.real("lift", "of pairs: how many times as often as by chance"),
          Column.time("last_seen", "the newest; null when not known"));

  /** Rows of each kind that come before all others when no kind is asked for. */
  private static final int FIRST = 2;

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    String pattern =
        SafeText.shortened(
            String.valueOf(row[1]), wording.nameTokens() * 7, wording.nameTokens() * 2);
    String how =
        row[4] != null
            ? Wording.share(row[4]) + " recovered"
            : row[5] instanceof Double lift ? "lift " + Units.decimal(lift, 1) : "-";
    return new String[] {Wording.count(row[2]), pattern, how, wording.seen(row[6])};
  }

  @Override
  public Findings ask(Scope scope) {
    String asked = scope.call().arguments().isEmpty() ? "" : scope.call().arguments().getFirst();
    String kind = asked.strip().toLowerCase(Locale.ROOT);
    if (!kind.isEmpty() && !KINDS.contains(kind)) {
      return new Findings()
          .heading(
              wording ->
                  "No kind of pattern '"
                      + wording.name(asked)
                      + "'; there are: "
                      + String.join(", ", KINDS)
                      + ".",
              wording -> "No such kind of pattern.");
    }
    Findings findings = new Findings();
    LearnedFacts learned = scope.digest().refresh();
    List<ErrorFact> errors = ErrorCases.of(scope, learned);
    List<List<@Nullable Object[]>> byKind = new ArrayList<>();
    if (kind.isEmpty() || kind.equals("errors")) {
      byKind.add(rows("errors", PatternFinder.errors(errors)));
    }
    if (kind.isEmpty() || kind.equals("sequences")) {
      List<Pattern> sequences = new ArrayList<>(PatternFinder.sequences(errors));
      sequences.addAll(PatternFinder.repeats(scope.taken(learned.all(RepeatFact.class))));
      byKind.add(rows("sequences", sequences));
    }
    for (Question other : OTHERS) {
      if (kind.isEmpty() || kind.equals(other.name())) {
        byKind.add(ofQuestion(other, scope));
      }
    }
    int rows = interleave(byKind, findings);
    String found =
        rows == 0
            ? "nothing recurs"
            : Units.count(rows, "pattern") + (kind.isEmpty() ? "" : " of " + kind);
    findings
        .heads(wording -> List.of(">count", "pattern", "", "last seen"))
        .heading(
            wording -> "Patterns, " + scope.window(wording) + ": " + found + "; " + scope.newest(),
            wording -> "Patterns, " + scope.window(wording) + ": " + found)
        .hint(rows == 0 ? "" : "What helped: flightlog remedies '<error>'")
        .total("patterns", (long) rows);
    ErrorCases.tellCut(learned, findings);
    return findings;
  }

  private static int interleave(List<List<@Nullable Object[]>> byKind, Findings findings) {
    int rows = 0;
    for (int round = 0; round < 2; round++) {
      for (List<@Nullable Object[]> each : byKind) {
        int from = round == 0 ? 0 : Math.min(FIRST, each.size());
        int to = round == 0 ? Math.min(FIRST, each.size()) : each.size();
        for (@Nullable Object[] row : each.subList(from, to)) {
          findings.row(row);
          rows++;
        }
      }
    }
    return rows;
  }

  private static List<@Nullable Object[]> rows(String kind, List<? extends Pattern> patterns) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Pattern pattern : patterns) {
      Occurrences met = pattern.occurrences();
      rows.add(
          new @Nullable Object[] {
            kind,
            pattern.label(),
            met.count(),
            met.sessions(),
            pattern instanceof ErrorPattern errors
                ? Wording.ratio(errors.recovered(), errors.decided())
                : null,
            pattern instanceof ErrorPair pair ? (Double) pair.lift() : null,
            met.lastSeen()
          });
    }
    return rows;
  }

  /** The rows of another question, in its words. */
  private static List<@Nullable Object[]> ofQuestion(Question question, Scope scope) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    Findings found = question.inquiry().ask(scope.asking(question.name()));
    for (@Nullable Object[] row : found.rows()) {
      StringBuilder words = new StringBuilder();
      for (String cell : question.inquiry().cells(row, Wording.UNBOUNDED)) {
        boolean said = !cell.isBlank() && !cell.equals("-");
        words.append(said && !words.isEmpty() ? " " : "").append(said ? cell : "");
      }
      rows.add(
          new @Nullable Object[] {
            question.name(),
            words.toString(),
            value(question, row, "count"),
            value(question, row, "sessions"),
            null,
            null,
            value(question, row, "last_seen")
          });
    }
    return rows;
  }

  private static @Nullable Object value(Question of, @Nullable Object[] row, String key) {
    for (int i = 0; i < of.columns().size(); i++) {
      if (of.columns().get(i).key().equals(key) && row[i] instanceof Long) {
        return row[i];
      }
    }
    return null;
  }
}
