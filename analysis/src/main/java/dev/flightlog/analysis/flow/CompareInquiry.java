package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.ask.Absence;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Chance.Verdict;
import dev.flightlog.analysis.statistics.Median;
import dev.flightlog.analysis.statistics.Significance;
import dev.flightlog.analysis.stories.Stories;
import dev.flightlog.analysis.stories.StoryChange;
import dev.flightlog.analysis.stories.StoryFigures;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two stories side by side, with what is more than chance. */
public final class CompareInquiry implements Inquiry<CompareInquiry.Compared> {
  public static final Question QUESTION =
      new Question(
              "compare",
              "Two stories: errors, speed, tokens, clarifications, and what of it is chance",
              "Each row is one measure of both stories. 'real' means that chance alone would bring such a"
                  + " difference, or a larger one in any of the measures tested, in fewer than one of"
                  + " twenty comparisons (p-values corrected by Holm); 'may be chance' that it could well."
                  + " Failed calls are compared by Fisher's exact test, durations by the 95 % intervals of"
                  + " the medians of tool calls (Bonett and Price), clarifications and interruptions by"
                  + " tool calls (exact binomial test; an interruption within a second of a refusal is that refusal), tokens by the tokens of a model call day by day"
                  + " (Mann and Whitney; at least five days each). Fewer than ten calls, or six"
                  + " clarifications of both, are too few to tell. Repeated errors are compared as in"
                  + " 'stories', by sessions and outside Holm's correction. Other rows are not tested. Calls of one"
                  + " session are alike: take 'real' as a strong hint.",
              List.of(
                  new Argument("A", true, "a story", "1.1"),
                  new Argument("B", true, "the story to compare it with", "1.2")),
              400,
              new CompareInquiry())
          .usedFor("did the change help");

  static final Measure TIMED = Measures.TIMED.where(Events.TOOL_CALLS);
  static final Measure MEDIAN = Measure.percentile(Events.DURATION, 0.5).where(Events.TOOL_CALLS);
  private static final Measure P95 = Measures.P95.where(Events.TOOL_CALLS);
  private static final Measure STOPPED =
      Measure.count(
          Filter.or(Events.REJECTED, Filter.is(Field.EVENT_TYPE, EventTypes.USER_INTERRUPT)));
  private static final Measure TOLD_TOKENS =
      Measure.countOf(Events.TOKENS).where(Events.MODEL_CALLS);
  private static final Measure MODEL_TOKENS = Measures.TOKENS.where(Events.MODEL_CALLS);

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          Measures.SESSIONS,
          Measures.TOOL_CALLS,
          Measures.RESULTS,
          Measures.FAILED,
          Measures.ERRORS,
          TIMED,
          MEDIAN,
          P95,
          Measures.TOKENS,
          Measures.CLARIFICATIONS,
          STOPPED,
          TOLD_TOKENS,
          MODEL_TOKENS);

  /** Fewer calls on a side tell nothing. */
  private static final long FEWEST = 10;

  /** Below six events, even if all fell to one side, chance would do so in more than 1 of 20. */
  private static final long FEWEST_EVENTS = 6;

  private static final int FEWEST_DAYS = 5;
  private static final double REAL = 0.05;

  /** In what something is told. */
  enum Unit {
    SHARE,
    MS,
    TOKENS,
    USD,
    COUNT;

    String words(@Nullable Double value) {
      if (value == null) {
        return "unknown";
      }
      return switch (this) {
        case SHARE -> Units.share(value);
        case MS -> Units.duration(value);
        case TOKENS -> Units.tokens(value);
        case USD -> Units.dollars(value);
        case COUNT -> Units.count(Math.round(value));
      };
    }
  }

  /** Something of one story, and on how many events it rests. */
  record Side(@Nullable Double value, long samples) {
    static Side of(Group story, Measure measure, Measure samples) {
      return new Side(story.real(measure), story.count(samples));
    }
  }

  /**
   * A row.
   *
   * @param p after correction; not a number when it was not tested
   */
  record Compared(String measure, Unit unit, Side a, Side b, double p, Verdict verdict) {
    @Nullable Double tested() {
      return Double.isNaN(p) ? null : (Double) p;
    }

    String words() {
      return p >= 0.0005 && verdict != Verdict.TOO_FEW
          ? verdict.words() + " (p " + Units.decimal(p, p < 0.0995 ? 3 : 2) + ')'
          : verdict.words();
    }
  }

  @Override
  public List<Column<Compared>> columns() {
    return List.of(
        Column.text("measure", "what is compared; stable names", Compared::measure),
        Column.text(
            "unit",
            "share (0 to 1), ms, tokens, usd, or count",
            c -> c.unit().name().toLowerCase(Locale.ROOT)),
        Column.real("a", "of the first story; null when not known", c -> c.a().value()),
        Column.real("b", "of the second story; null when not known", c -> c.b().value()),
        Column.whole("a_samples", "on how many events it rests", c -> c.a().samples()),
        Column.whole("b_samples", "on how many events it rests", c -> c.b().samples()),
        Column.real("p", "p-value after correction; null when not tested", Compared::tested),
        Column.text(
            "verdict",
            "lower, higher, chance, too_few or untested: b against a",
            c -> c.verdict().name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public boolean namesStories() {
    return true;
  }

  @Override
  public Result<Compared> ask(Selection selection) {
    String nameA = selection.call().arguments().get(0);
    String nameB = selection.call().arguments().get(1);
    Filter storyA = Narrowing.ofStory(nameA);
    Filter storyB = Narrowing.ofStory(nameB);
    Group a = selection.group(storyA, List.of(), MEASURES).getFirst();
    Group b = selection.group(storyB, List.of(), MEASURES).getFirst();
    if (a.count(Measures.EVENTS) == 0 || b.count(Measures.EVENTS) == 0) {
      String unknown = a.count(Measures.EVENTS) == 0 ? nameA : nameB;
      throw Absence.notFound(selection, "story", unknown, Field.STORY_ID);
    }
    ModelUse useA = ModelUse.of(selection, storyA);
    ModelUse useB = ModelUse.of(selection, storyB);
    Result<Compared> result =
        new Result<Compared>()
            .cell("", (c, _) -> c.measure().replace('_', ' '))
            .cell(wording -> ">" + wording.name(nameA), (c, _) -> c.unit().words(c.a().value()))
            .cell(wording -> ">" + wording.name(nameB), (c, _) -> c.unit().words(c.b().value()))
            .cell("second is", (c, _) -> c.words());
    for (Compared row : rows(selection, a, b, storyA, storyB, useA, useB)) {
      if (row.a().value() != null || row.b().value() != null) {
        result.row(row);
      }
    }
    StoryChange change = repeated(selection, nameA, nameB, result);
    long unpriced = useA.unpriced() + useB.unpriced();
    if (unpriced > 0) {
      result.note("The cost leaves out " + Units.count(unpriced, "call") + " of unknown price");
    }
    String size =
        Units.count(a.count(Measures.SESSIONS))
            + " and "
            + Units.count(b.count(Measures.SESSIONS), "session");
    return result
        .heading(
            wording ->
                wording.name(nameA)
                    + " and "
                    + wording.name(nameB)
                    + ", "
                    + selection.window(wording)
                    + ": "
                    + size
                    + "; "
                    + selection.newest(),
            wording -> "Compared, " + selection.window(wording) + ": " + size)
        .hint(reader -> "More of one: " + reader.ask("errors", "story", nameA))
        .total("a", nameA)
        .total("b", nameB)
        .total("a_events", a.count(Measures.EVENTS))
        .total("b_events", b.count(Measures.EVENTS))
        .total("a_sessions", a.count(Measures.SESSIONS))
        .total("b_sessions", b.count(Measures.SESSIONS))
        .total("unpriced_calls", unpriced)
        .total("repeated_errors_goal", change.goal().words());
  }

  /** Adds the errors that were met before, and whether they are half as many. */
  private static StoryChange repeated(
      Selection selection, String nameA, String nameB, Result<Compared> result) {
    List<ErrorFact> all = selection.learning().facts().all(ErrorFact.class);
    List<StoryFigures> both =
        Stories.of(
            List.of(nameA, nameB), all, selection.taking(), selection.filter(), selection.store());
    StoryChange change = StoryChange.of(both.getFirst(), both.getLast());
    result.row(
        new Compared(
            "repeated_errors",
            Unit.COUNT,
            new Side((double) both.getFirst().repeated(), both.getFirst().calls()),
            new Side((double) both.getLast().repeated(), both.getLast().calls()),
            Double.NaN,
            change.goal() == StoryChange.Goal.TOO_FEW
                ? Verdict.TOO_FEW
                : change.high() < 1
                    ? Verdict.LOWER
                    : change.low() > 1 ? Verdict.HIGHER : Verdict.CHANCE));
    if (change.goal() != StoryChange.Goal.TOO_FEW) {
      result.note(
          "Repeated errors a call, second over first: "
              + Units.decimal(change.ratio(), 2)
              + " (95 %: "
              + Units.decimal(change.low(), 2)
              + " to "
              + Units.decimal(change.high(), 2)
              + "); 50 % fewer: "
              + change.goal().words());
    }
    return change;
  }

  private static List<Compared> rows(
      Selection selection,
      Group a,
      Group b,
      Filter storyA,
      Filter storyB,
      ModelUse useA,
      ModelUse useB) {
    long stoppedA = stopped(selection, a, storyA);
    long stoppedB = stopped(selection, b, storyB);
    double[] daysA = StorySamples.tokensByDay(selection, storyA);
    double[] daysB = StorySamples.tokensByDay(selection, storyB);
    boolean days = daysA.length >= FEWEST_DAYS && daysB.length >= FEWEST_DAYS;
    double[] p =
        Significance.corrected(
            new double[] {
              few(a, b, Measures.RESULTS)
                  ? Double.NaN
                  : Significance.ofShares(
                      a.count(Measures.FAILED),
                      a.count(Measures.RESULTS),
                      b.count(Measures.FAILED),
                      b.count(Measures.RESULTS)),
              few(a, b, TIMED) ? Double.NaN : StorySamples.medians(selection, a, b, storyA, storyB),
              rates(
                  a.count(Measures.CLARIFICATIONS),
                  a.count(Measures.TOOL_CALLS),
                  b.count(Measures.CLARIFICATIONS),
                  b.count(Measures.TOOL_CALLS)),
              rates(stoppedA, a.count(Measures.TOOL_CALLS), stoppedB, b.count(Measures.TOOL_CALLS)),
              days ? Significance.ofRanks(daysA, daysB) : Double.NaN
            });
    Side failedA = ratio(a, Measures.FAILED, Measures.RESULTS);
    Side failedB = ratio(b, Measures.FAILED, Measures.RESULTS);
    Side medianA = Side.of(a, MEDIAN, TIMED);
    Side medianB = Side.of(b, MEDIAN, TIMED);
    return List.of(
        new Compared(
            "failed_tool_calls",
            Unit.SHARE,
            failedA,
            failedB,
            p[0],
            verdict(p[0], failedA.value(), failedB.value())),
        new Compared(
            "median_tool_call",
            Unit.MS,
            medianA,
            medianB,
            p[1],
            verdict(p[1], medianA.value(), medianB.value())),
        byCalls(
            "clarifications",
            a,
            a.count(Measures.CLARIFICATIONS),
            b,
            b.count(Measures.CLARIFICATIONS),
            p[2]),
        byCalls("rejections_and_interrupts", a, stoppedA, b, stoppedB, p[3]),
        new Compared(
            "tokens_a_model_call",
            Unit.TOKENS,
            ratio(a, MODEL_TOKENS, TOLD_TOKENS),
            ratio(b, MODEL_TOKENS, TOLD_TOKENS),
            p[4],
            verdict(p[4], Median.of(daysA), Median.of(daysB))),
        untested("p95_tool_call", Unit.MS, a, b, P95, TIMED),
        untested("all_errors", Unit.COUNT, a, b, Measures.ERRORS, Measures.EVENTS),
        untested("tool_calls", Unit.COUNT, a, b, Measures.TOOL_CALLS, Measures.TOOL_CALLS),
        untested("tokens", Unit.TOKENS, a, b, Measures.TOKENS, Measures.EVENTS),
        new Compared(
            "cost",
            Unit.USD,
            new Side(useA.cost(), useA.priced()),
            new Side(useB.cost(), useB.priced()),
            Double.NaN,
            Verdict.UNTESTED));
  }

  private static Side ratio(Group story, Measure part, Measure whole) {
    return new Side(story.ratio(part, whole), story.count(whole));
  }

  private static boolean few(Group a, Group b, Measure measure) {
    return a.count(measure) < FEWEST || b.count(measure) < FEWEST;
  }

  private static double rates(long a, long callsA, long b, long callsB) {
    return a + b < FEWEST_EVENTS ? Double.NaN : Significance.ofRates(a, callsA, b, callsB);
  }

  /**
   * Refused calls and interruptions; an interruption that is a refusal is one act, and counts once.
   */
  private static long stopped(Selection selection, Group story, Filter of) {
    long stopped = story.count(STOPPED);
    return stopped == 0 ? 0 : stopped - ToldTwice.of(selection, of);
  }

  private static Verdict verdict(double p, @Nullable Double a, @Nullable Double b) {
    if (Double.isNaN(p) || a == null || b == null) {
      return Verdict.TOO_FEW;
    }
    return p >= REAL ? Verdict.CHANCE : b > a ? Verdict.HIGHER : Verdict.LOWER;
  }

  /** A count, compared by tool calls. */
  private static Compared byCalls(
      String name, Group a, long countA, Group b, long countB, double p) {
    long callsA = a.count(Measures.TOOL_CALLS);
    long callsB = b.count(Measures.TOOL_CALLS);
    return new Compared(
        name,
        Unit.COUNT,
        new Side((double) countA, callsA),
        new Side((double) countB, callsB),
        p,
        verdict(p, Wording.ratio(countA, callsA), Wording.ratio(countB, callsB)));
  }

  private static Compared untested(
      String name, Unit unit, Group a, Group b, Measure measure, Measure samples) {
    return new Compared(
        name,
        unit,
        Side.of(a, measure, samples),
        Side.of(b, measure, samples),
        Double.NaN,
        Verdict.UNTESTED);
  }
}
