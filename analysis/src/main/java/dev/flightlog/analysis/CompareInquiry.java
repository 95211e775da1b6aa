package dev.flightlog.analysis;

import dev.flightlog.analysis.Chance.Verdict;
import dev.flightlog.analysis.wording.Units;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two stories side by side, with what is more than chance. */
final class CompareInquiry implements Inquiry {
  static final Question QUESTION =
      new Question(
          "compare",
          "Two stories: errors, speed, tokens, clarifications, and what of it is chance",
          "Each row is one measure of both stories. 'real' means that chance alone would bring such"
              + " a difference in fewer than one of twenty comparisons; 'may be chance' that it"
              + " could well. Failed calls are compared by share (interval of Agresti and Caffo),"
              + " durations by the median of tool calls (its distribution-free 95 % intervals lie"
              + " apart), clarifications and interruptions by tool calls (interval of Wilson)."
              + " Sums are not tested. Calls of one session are alike: take 'real' as a strong"
              + " hint.",
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
          Measure.countOf(Scope.TOKENS));

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
      if (key(verdict).equals(row[6])) {
        return verdict.words();
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
  public Findings ask(Scope scope) {
    String nameA = scope.call().arguments().get(0);
    String nameB = scope.call().arguments().get(1);
    Filter storyA = Answerer.story(nameA);
    Filter storyB = Answerer.story(nameB);
    Row a = scope.group(storyA, List.of(), MEASURES).getFirst();
    Row b = scope.group(storyB, List.of(), MEASURES).getFirst();
    if (a.whole(0) == 0 || b.whole(0) == 0) {
      return Absence.unknown(scope, "story", a.whole(0) == 0 ? nameA : nameB, Field.STORY_ID);
    }
    Findings findings =
        new Findings()
            .heads(wording ->
                List.of("", ">" + wording.name(nameA), ">" + wording.name(nameB), "second is"));
    row(
        findings,
        "failed_tool_calls",
        "share",
        share(a),
        share(b),
        a.whole(RESULTS),
        b.whole(RESULTS),
        Chance.ofShares(a.whole(FAILED), a.whole(RESULTS), b.whole(FAILED), b.whole(RESULTS)));
    row(findings, "median_tool_call", "ms", a, b, MEDIAN, TIMED, medians(scope, a, b));
    row(findings, "p95_tool_call", "ms", a, b, P95, TIMED, Verdict.UNTESTED);
    row(
        findings,
        "clarifications",
        "count",
        a,
        b,
        CLARIFICATIONS,
        CALLS,
        rates(a, b, CLARIFICATIONS));
    row(findings, "rejections_and_interrupts", "count", a, b, STOPPED, CALLS, rates(a, b, STOPPED));
    row(findings, "all_errors", "count", a, b, ERRORS, 0, Verdict.UNTESTED);
    row(findings, "tool_calls", "count", a, b, CALLS, CALLS, Verdict.UNTESTED);
    row(findings, "tokens", "tokens", a, b, TOKENS, TOLD_TOKENS, Verdict.UNTESTED);
    row(findings, "cost", "usd", a, b, COST, PRICED, Verdict.UNTESTED);
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

  private static Verdict rates(Row a, Row b, int measure) {
    return Chance.ofRates(a.whole(measure), a.whole(CALLS), b.whole(measure), b.whole(CALLS));
  }

  /** Asks for the bounds of both medians, whose ranks depend on how many there are. */
  private static Verdict medians(Scope scope, Row a, Row b) {
    if (a.whole(TIMED) == 0 || b.whole(TIMED) == 0) {
      return Verdict.TOO_FEW;
    }
    Row boundsA = bounds(scope, scope.call().arguments().get(0), a.whole(TIMED));
    Row boundsB = bounds(scope, scope.call().arguments().get(1), b.whole(TIMED));
    return Chance.ofMedians(
        a.whole(TIMED),
        boundsA.real(0),
        boundsA.real(1),
        b.whole(TIMED),
        boundsB.real(0),
        boundsB.real(1));
  }

  private static Row bounds(Scope scope, String story, long samples) {
    double reach = Chance.reachOfMedian(samples);
    return scope.measure(
        Filter.and(Answerer.story(story), Scope.TOOL_CALLS),
        Measure.percentile(Scope.DURATION, 0.5 - reach),
        Measure.percentile(Scope.DURATION, 0.5 + reach));
  }

  private static void row(
      Findings findings,
      String name,
      String unit,
      Row a,
      Row b,
      int measure,
      int samples,
      Verdict verdict) {
    row(
        findings,
        name,
        unit,
        real(a, measure),
        real(b, measure),
        a.whole(samples),
        b.whole(samples),
        verdict);
  }

  private static void row(
      Findings findings,
      String name,
      String unit,
      @Nullable Double a,
      @Nullable Double b,
      long samplesA,
      long samplesB,
      Verdict verdict) {
    if (a != null || b != null) {
      findings.row(name, unit, a, b, samplesA, samplesB, key(verdict));
    }
  }

  private static @Nullable Double real(Row row, int measure) {
    return row.isKnown(measure) ? (Double) row.real(measure) : null;
  }
}
