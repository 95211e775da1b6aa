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
import dev.flightlog.patterns.digest.Fact;
import dev.flightlog.patterns.digest.Learnt;
import dev.flightlog.patterns.remedies.ErrorCase;
import dev.flightlog.patterns.sequences.RepeatObserver;
import dev.flightlog.patterns.sequences.Sequences;
import dev.flightlog.patterns.sequences.Sequences.Sequence;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** What a call is given when another one made beside it failed: it follows by itself. */
  private static final String OF_ANOTHER = "sibling_failed";

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
    Learnt learnt = scope.digest().refresh();
    List<List<@Nullable Object[]>> byKind = new ArrayList<>();
    if (kind.isEmpty() || kind.equals("errors")) {
      byKind.add(errors(ErrorCases.of(scope, learnt)));
    }
    if (kind.isEmpty() || kind.equals("sequences")) {
      byKind.add(sequences(scope, learnt));
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
    ErrorCases.tellCut(learnt, findings);
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

  /** What is known of the errors of one class and template. */
  private static final class Errors {
    long count;
    long recovered;
    long decided;
    long last;
    final Set<String> sessions = new HashSet<>();

    void add(ErrorCase each) {
      count++;
      recovered += each.recovered() ? 1 : 0;
      decided += each.isDecided() ? 1 : 0;
      last = Math.max(last, each.fact().micros());
      sessions.add(each.fact().session());
    }
  }

  private static List<@Nullable Object[]> errors(List<ErrorCase> cases) {
    Map<String, Errors> met = new TreeMap<>();
    for (ErrorCase each : cases) {
      String template = each.template().isBlank() ? "" : ": " + each.template();
      met.computeIfAbsent(each.className() + template, name -> new Errors()).add(each);
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, Errors> each : met.entrySet()) {
      Errors errors = each.getValue();
      if (errors.count > 1) {
        rows.add(
            new @Nullable Object[] {
              "errors",
              each.getKey(),
              errors.count,
              (long) errors.sessions.size(),
              Wording.ratio(errors.recovered, errors.decided),
              null,
              errors.last
            });
      }
    }
    return byCount(rows);
  }

  private static List<@Nullable Object[]> sequences(Scope scope, Learnt learnt) {
    Sequences sequences = new Sequences();
    List<Sequences.Step> session = new ArrayList<>();
    for (ErrorCase each : ErrorCases.of(scope, learnt)) {
      if (each.errorType().equals(OF_ANOTHER)) {
        continue;
      }
      String name = each.fact().session();
      if (!session.isEmpty() && !session.getFirst().session().equals(name)) {
        sequences.add(session);
        session = new ArrayList<>();
      }
      session.add(
          new Sequences.Step(name, ErrorCases.label(each), each.ordinal(), each.fact().micros()));
    }
    if (!session.isEmpty()) {
      sequences.add(session);
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Sequence each : sequences.found()) {
      boolean loop = each.labels().size() == 1;
      String words =
          loop
              ? each.labels().getFirst() + ", up to " + each.longest() + " in a row"
              : each.labels().get(0) + ", then " + each.labels().get(1);
      rows.add(
          new @Nullable Object[] {
            "sequences",
            words,
            (long) each.count(),
            (long) each.sessions(),
            null,
            loop ? null : (Double) each.lift(),
            each.last()
          });
    }
    rows.addAll(repeats(scope, learnt));
    return byCount(rows);
  }

  private static List<@Nullable Object[]> repeats(Scope scope, Learnt learnt) {
    Map<String, Errors> met = new TreeMap<>();
    Map<String, Long> longest = new TreeMap<>();
    for (List<Fact> session : learnt.of(RepeatObserver.NAME).values()) {
      for (Fact fact : session) {
        if (scope.takes(fact)) {
          String program = fact.textOrEmpty(1);
          String name = fact.textOrEmpty(0) + (program.isEmpty() ? "" : " (" + program + ")");
          Errors runs = met.computeIfAbsent(name, each -> new Errors());
          runs.count++;
          runs.last = Math.max(runs.last, fact.micros());
          runs.sessions.add(fact.session());
          longest.merge(name, fact.whole(2), Math::max);
        }
      }
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, Errors> each : met.entrySet()) {
      Errors runs = each.getValue();
      rows.add(
          new @Nullable Object[] {
            "sequences",
            "same "
                + each.getKey()
                + " call up to "
                + longest.get(each.getKey())
                + " times in a row",
            runs.count,
            (long) runs.sessions.size(),
            null,
            null,
            runs.last
          });
    }
    return rows;
  }

  private static List<@Nullable Object[]> byCount(List<@Nullable Object[]> rows) {
    rows.sort(
        Comparator.comparingLong(
                (@Nullable Object[] row) -> row[2] instanceof Long count ? count : 0)
            .reversed()
            .thenComparing(row -> String.valueOf(row[1])));
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
