package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a stretch of time, in the sums that questions about time share: counts, errors,
 * tokens, cost. Immutable.
 *
 * @param tokens null when no event tells them
 * @param cost known US dollars; null when none are known
 * @param priced model calls whose cost is known
 * @param millis of work that was timed
 * @param timed how much work was timed
 */
public record Sums(
    long events,
    long toolCalls,
    long results,
    long failed,
    long errors,
    @Nullable Long tokens,
    @Nullable Double cost,
    long modelCalls,
    long priced,
    long millis,
    long timed) {
  private static final Measure TIME = Measures.TIME.where(Events.WORK);
  private static final Measure TIMED = Measures.TIMED.where(Events.WORK);

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          Measures.TOOL_CALLS,
          Measures.RESULTS,
          Measures.FAILED,
          Measures.ERRORS,
          Measures.TOKENS,
          TIME,
          TIMED);

  public static final Sums NONE = new Sums(0, 0, 0, 0, 0, null, null, 0, 0, 0, 0);

  /** By the beginning of each period, of those that have events. */
  public static TreeMap<Long, Sums> by(Period period, Selection selection, Filter more) {
    TreeMap<Long, Sums> all = new TreeMap<>();
    period.group(
        selection,
        more,
        List.of(),
        MEASURES,
        (group, start) -> all.merge(start, of(group), Sums::plus));
    ModelUse.by(selection, period, more)
        .forEach((start, use) -> all.merge(start, of(use), Sums::plus));
    return all;
  }

  /** By the beginning of each period and a text, of those that have events. */
  static Map<Long, Map<@Nullable String, Sums>> by(
      Period period, Dimension other, Selection selection) {
    Map<Long, Map<@Nullable String, Sums>> all = new TreeMap<>();
    period.group(
        selection,
        Filter.EVERYTHING,
        List.of(other),
        MEASURES,
        (group, start) ->
            all.computeIfAbsent(start, _ -> new HashMap<>())
                .merge(group.text(other), of(group), Sums::plus));
    return all;
  }

  /** Model calls alone: their tokens are counted with all events. */
  static Sums of(ModelUse use) {
    return new Sums(0, 0, 0, 0, 0, null, use.cost(), use.calls(), use.priced(), 0, 0);
  }

  private static Sums of(Group group) {
    return new Sums(
        group.count(Measures.EVENTS),
        group.count(Measures.TOOL_CALLS),
        group.count(Measures.RESULTS),
        group.count(Measures.FAILED),
        group.count(Measures.ERRORS),
        group.whole(Measures.TOKENS),
        null,
        0,
        0,
        group.count(TIME),
        group.count(TIMED));
  }

  /** Both together. */
  public Sums plus(Sums other) {
    Long more = other.tokens;
    Double dollars = other.cost;
    return new Sums(
        events + other.events,
        toolCalls + other.toolCalls,
        results + other.results,
        failed + other.failed,
        errors + other.errors,
        more == null ? tokens : tokens == null ? more : (Long) (tokens + more),
        dollars == null ? cost : cost == null ? dollars : (Double) (cost + dollars),
        modelCalls + other.modelCalls,
        priced + other.priced,
        millis + other.millis,
        timed + other.timed);
  }

  /** All together. */
  public static Sums of(Iterable<Sums> parts) {
    Sums all = NONE;
    for (Sums part : parts) {
      all = all.plus(part);
    }
    return all;
  }

  /** Model calls whose cost is unknown. */
  public long unpriced() {
    return modelCalls - priced;
  }

  @Nullable Double failedShare() {
    return Wording.ratio(failed, results);
  }

  @Nullable Double averageMillis() {
    return Wording.ratio(millis, timed);
  }

  /**
   * A period, or several in a row of which nothing is recorded.
   *
   * @param empty how many have nothing; 0 for one that has
   */
  public record Stretch(long from, long empty) {}

  /** The periods that have something, newest first, and what lies empty between them. */
  public static List<Stretch> withGaps(TreeMap<Long, ?> periods, Period period, Dates dates) {
    List<Stretch> line = new ArrayList<>();
    Long later = null;
    for (Long start : periods.descendingKeySet()) {
      long missing = later == null ? 0 : period.between(start, later, dates) - 1;
      if (missing > 0) {
        line.add(new Stretch(period.plus(start, 1, dates), missing));
      }
      line.add(new Stretch(start, 0));
      later = start;
    }
    return line;
  }
}
