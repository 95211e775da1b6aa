package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Absence;
import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Chance;
import dev.flightlog.analysis.statistics.Chance.Verdict;
import dev.flightlog.analysis.statistics.Significance;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two stories side by side, with what is more than chance. */
public final class CompareInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "compare",
          "Two stories: errors, speed, tokens, clarifications, and what of it is chance",
          "Each row is one measure of both stories. 'real' means that chance alone would bring such a"
              + " difference, or a larger one in any of the measures tested, in fewer than one of"
              + " twenty comparisons (p-values corrected by Holm); 'may be chance' that it could well."
              + " Failed calls are compared by Fisher's exact test, durations by the 95 % intervals of"
              + " the medians of tool calls (Bonett and Price), clarifications and interruptions by"
              + " tool calls (exact binomial test), tokens by the tokens of a model call day by day"
              + " (Mann and Whitney; at least five days each). Fewer than ten calls, or six"
              + " clarifications of both, are too few to tell. Other rows are not tested. Calls of one"
              + " session are alike: take 'real' as a strong hint.",
          List.of(
              new Argument("A", true, "a story", "1.1"),
              new Argument("B", true, "the story to compare it with", "1.2")),
          400,
          new CompareInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("measure", "what is compared; stable names"),
          Column.text("unit", "share (0 to 1), ms, tokens, usd, or count"),
          Column.real("a", "of the first story; null when not known"),
          Column.real("b", "of the second story; null when not known"),
          Column.whole("a_samples", "on how many events it rests"),
          Column.whole("b_samples", "on how many events it rests"),
          Column.real("p", "p-value after correction; null when not tested"),
          Column.text("verdict", "lower, higher, chance, too_few or untested: b against a"));

  private static final List<Measure> MEASURES =
      List.of(
          Measure.count(),
          Measure.distinct(Scope.SESSION),
          Measure.count(Scope.TOOL_CALLS),
          Measure.count(Scope.RESULTS),
          Measure.count(Scope.FAILED_TOOL_CALLS),
          Measure.count(Scope.ERRORS),
          Measure.countOf(Scope.DURATION).where(Scope.TOOL_CALLS),
          Measure.percentile(Scope.DURATION, 0.5).where(Scope.TOOL_CALLS),
          Measure.percentile(Scope.DURATION, 0.95).where(Scope.TOOL_CALLS),
          Measure.sum(Scope.TOKENS),
          Measure.sum(Scope.COST),
          Measure.count(Scope.MODEL_CALLS),
          Measure.countOf(Scope.COST).where(Scope.MODEL_CALLS),
          Measure.count(Filter.is(Field.EVENT_TYPE, EventTypes.HUMAN_CLARIFICATION_NEEDED)),
          Measure.count(
              Filter.or(Scope.REJECTED, Filter.is(Field.EVENT_TYPE, EventTypes.USER_INTERRUPT))),
          Measure.countOf(Scope.TOKENS).where(Scope.MODEL_CALLS),
          Measure.sum(Scope.TOKENS).where(Scope.MODEL_CALLS));

  private static final int SESSIONS = 1;
  private static final int CALLS = 2;
  private static final int RESULTS = 3;
  private static final int FAILED = 4;
  private static final int ERRORS = 5;
  private static final int TIMED = 6;
  private static final int MEDIAN = 7;
  private static final int P95 = 8;
  private static final int TOKENS = 9;
  private static final int COST = 10;
  private static final int MODEL_CALLS = 11;
  private static final int PRICED = 12;
  private static final int CLARIFICATIONS = 13;
  private static final int STOPPED = 14;
  private static final int TOLD_TOKENS = 15;
  private static final int MODEL_TOKENS = 16;

  /** Fewer calls on a side tell nothing. */
  private static final long FEWEST = 10;

  /** Below six events, even if all fell to one side, chance would do so in more than 1 of 20. */
  private static final long FEWEST_EVENTS = 6;

  private static final int FEWEST_DAYS = 5;
  private static final double REAL = 0.05;

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    String unit = String.valueOf(row[1]);
    return new String[] {
      String.valueOf(row[0]).replace('_', ' '), said(row[2], unit), said(row[3], unit), words(row)
    };
  }

  private static String words(@Nullable Object[] row) {
    for (Verdict verdict : Verdict.values()) {
      if (key(verdict).equals(row[7])) {
        return row[6] instanceof Double p && p >= 0.0005 && verdict != Verdict.TOO_FEW
            ? verdict.words() + " (p " + Units.decimal(p, p < 0.0995 ? 3 : 2) + ')'
            : verdict.words();
      }
    }
    return "";
  }

  private static String key(Verdict verdict) {
    return switch (verdict) {
      case LOWER -> "lower";
      case HIGHER -> "higher";
      case CHANCE -> "chance";
      case TOO_FEW -> "too_few";
      case UNTESTED -> "untested";
    };
  }

  private static String said(@Nullable Object value, String unit) {
    if (!(value instanceof Double number)) {
      return "unknown";
    }
    return switch (unit) {
      case "share" -> Units.share(number);
      case "ms" -> Units.duration(number);
      case "tokens" -> Units.tokens(number);
      case "usd" -> Units.dollars(number);
      default -> Units.count(Math.round(number));
    };
  }

  @Override
  public boolean namesStories() {
    return true;
  }

  @Override
  public Findings ask(Scope scope) {
    String nameA = scope.call().arguments().get(0);
    String nameB = scope.call().arguments().get(1);
    Filter storyA = Scope.story(nameA);
    Filter storyB = Scope.story(nameB);
    Row a = scope.group(storyA, List.of(), MEASURES).getFirst();
    Row b = scope.group(storyB, List.of(), MEASURES).getFirst();
    if (a.whole(0) == 0 || b.whole(0) == 0) {
      return Absence.unknown(scope, "story", a.whole(0) == 0 ? nameA : nameB, Field.STORY_ID);
    }
    Findings findings =
        new Findings()
            .heads(wording ->
                List.of("", ">" + wording.name(nameA), ">" + wording.name(nameB), "second is"));
    double[] daysA = tokensByDay(scope, storyA);
    double[] daysB = tokensByDay(scope, storyB);
    boolean days = daysA.length >= FEWEST_DAYS && daysB.length >= FEWEST_DAYS;
    double[] tested =
        Significance.corrected(
            new double[] {
              few(a, b, RESULTS)
                  ? Double.NaN
                  : Significance.ofShares(
                      a.whole(FAILED), a.whole(RESULTS), b.whole(FAILED), b.whole(RESULTS)),
              few(a, b, TIMED) ? Double.NaN : medians(scope, a, b),
              rates(a, b, CLARIFICATIONS),
              rates(a, b, STOPPED),
              days ? Significance.ofRanks(daysA, daysB) : Double.NaN
            });
    Double tokensA = Wording.ratio(a.whole(MODEL_TOKENS), a.whole(TOLD_TOKENS));
    Double tokensB = Wording.ratio(b.whole(MODEL_TOKENS), b.whole(TOLD_TOKENS));
    row(
        findings,
        "failed_tool_calls",
        "share",
        share(a),
        share(b),
        a.whole(RESULTS),
        b.whole(RESULTS),
        tested[0],
        verdict(tested[0], share(a), share(b)));
    row(findings, "median_tool_call", "ms", a, b, MEDIAN, TIMED, tested[1]);
    row(findings, "clarifications", "count", a, b, CLARIFICATIONS, CALLS, tested[2]);
    row(findings, "rejections_and_interrupts", "count", a, b, STOPPED, CALLS, tested[3]);
    row(
        findings,
        "tokens_a_model_call",
        "tokens",
        tokensA,
        tokensB,
        a.whole(TOLD_TOKENS),
        b.whole(TOLD_TOKENS),
        tested[4],
        verdict(tested[4], median(daysA), median(daysB)));
    untested(findings, "p95_tool_call", "ms", a, b, P95, TIMED);
    untested(findings, "all_errors", "count", a, b, ERRORS, 0);
    untested(findings, "tool_calls", "count", a, b, CALLS, CALLS);
    untested(findings, "tokens", "tokens", a, b, TOKENS, 0);
    untested(findings, "cost", "usd", a, b, COST, PRICED);
    long unpriced = a.whole(MODEL_CALLS) - a.whole(PRICED) + b.whole(MODEL_CALLS) - b.whole(PRICED);
    if (unpriced > 0) {
      findings.note("The cost leaves out " + Units.count(unpriced, "call") + " of unknown price");
    }
    String size =
        Units.count(a.whole(SESSIONS)) + " and " + Units.count(b.whole(SESSIONS)) + " sessions";
    return findings
        .heading(
            wording ->
                wording.name(nameA)
                    + " and "
                    + wording.name(nameB)
                    + ", "
                    + scope.window(wording)
                    + ": "
                    + size
                    + "; "
                    + scope.newest(),
            wording -> "Compared, " + scope.window(wording) + ": " + size)
        .hint("More of one: flightlog ask errors --story NAME")
        .total("a", nameA)
        .total("b", nameB)
        .total("a_events", a.whole(0))
        .total("b_events", b.whole(0))
        .total("a_sessions", a.whole(SESSIONS))
        .total("b_sessions", b.whole(SESSIONS))
        .total("unpriced_calls", unpriced);
  }

  private static @Nullable Double share(Row row) {
    return Wording.ratio(row.whole(FAILED), row.whole(RESULTS));
  }

  private static boolean few(Row a, Row b, int measure) {
    return a.whole(measure) < FEWEST || b.whole(measure) < FEWEST;
  }

  private static double rates(Row a, Row b, int measure) {
    return a.whole(measure) + b.whole(measure) < FEWEST_EVENTS
        ? Double.NaN
        : Significance.ofRates(a.whole(measure), a.whole(CALLS), b.whole(measure), b.whole(CALLS));
  }

  /** Asks for the bounds of both medians, whose ranks depend on how many there are. */
  private static double medians(Scope scope, Row a, Row b) {
    Row boundsA = bounds(scope, scope.call().arguments().get(0), a.whole(TIMED));
    Row boundsB = bounds(scope, scope.call().arguments().get(1), b.whole(TIMED));
    return Significance.ofMedians(
        Math.max(a.real(MEDIAN), 1),
        Math.max(boundsA.real(0), 1),
        Math.max(boundsA.real(1), 1),
        Math.max(b.real(MEDIAN), 1),
        Math.max(boundsB.real(0), 1),
        Math.max(boundsB.real(1), 1));
  }

  /** Tokens of a model call, on the average of each day. */
  private static double[] tokensByDay(Scope scope, Filter story) {
    List<Row> days =
        scope.group(
            Filter.and(story, Scope.MODEL_CALLS),
            List.of(Dimension.by(Dimension.Span.DAY)),
            List.of(Measure.sum(Scope.TOKENS), Measure.countOf(Scope.TOKENS)));
    double[] means = new double[days.size()];
    int known = 0;
    for (Row day : days) {
      if (day.whole(1) > 0) {
        means[known++] = (double) day.whole(0) / day.whole(1);
      }
    }
    return Arrays.copyOf(means, known);
  }

  private static @Nullable Double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length == 0
        ? null
        : (Double) (sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  private static Verdict verdict(double p, @Nullable Double a, @Nullable Double b) {
    if (Double.isNaN(p) || a == null || b == null) {
      return Verdict.TOO_FEW;
    }
    return p >= REAL ? Verdict.CHANCE : b > a ? Verdict.HIGHER : Verdict.LOWER;
  }

  private static Row bounds(Scope scope, String story, long samples) {
    double reach = Chance.reachOfMedian(samples);
    return scope.measure(
        Filter.and(Scope.story(story), Scope.TOOL_CALLS),
        Measure.percentile(Scope.DURATION, 0.5 - reach),
        Measure.percentile(Scope.DURATION, 0.5 + reach));
  }

  /** A count is compared by tool calls, all else as it is. */
  private static void row(
      Findings findings,
      String name,
      String unit,
      Row a,
      Row b,
      int measure,
      int samples,
      double p) {
    boolean count = unit.equals("count");
    Double first = count ? Wording.ratio(a.whole(measure), a.whole(samples)) : real(a, measure);
    Double second = count ? Wording.ratio(b.whole(measure), b.whole(samples)) : real(b, measure);
    row(
        findings,
        name,
        unit,
        real(a, measure),
        real(b, measure),
        a.whole(samples),
        b.whole(samples),
        p,
        verdict(p, first, second));
  }

  private static void untested(
      Findings findings, String name, String unit, Row a, Row b, int measure, int samples) {
    row(
        findings,
        name,
        unit,
        real(a, measure),
        real(b, measure),
        a.whole(samples),
        b.whole(samples),
        Double.NaN,
        Verdict.UNTESTED);
  }

  private static void row(
      Findings findings,
      String name,
      String unit,
      @Nullable Double a,
      @Nullable Double b,
      long samplesA,
      long samplesB,
      double p,
      Verdict verdict) {
    if (a != null || b != null) {
      Double told = Double.isNaN(p) ? null : (Double) p;
      findings.row(name, unit, a, b, samplesA, samplesB, told, key(verdict));
    }
  }

  private static @Nullable Double real(Row row, int measure) {
    return row.isKnown(measure) ? (Double) row.real(measure) : null;
  }
}
