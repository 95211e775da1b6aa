package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a stretch of time, in the sums that questions about time share: counts, errors,
 * tokens, cost. For one thread.
 */
public final class Sums {
  private static final List<Measure> MEASURES =
      List.of(
          Measure.count(),
          Measure.count(Scope.TOOL_CALLS),
          Measure.count(Scope.RESULTS),
          Measure.count(Scope.FAILED_TOOL_CALLS),
          Measure.count(Scope.ERRORS),
          Measure.sum(Scope.TOKENS),
          Measure.sum(Scope.COST),
          Measure.count(Scope.MODEL_CALLS),
          Measure.countOf(Scope.COST).where(Scope.MODEL_CALLS),
          Measure.sum(Scope.DURATION).where(Scope.WORK),
          Measure.countOf(Scope.DURATION).where(Scope.WORK));

  long events;
  long toolCalls;
  long results;
  long failed;
  long errors;
  long tokens;
  double cost;
  long modelCalls;
  long priced;
  long millis;
  long timed;
  boolean tokensKnown;
  boolean costKnown;

  /** By the beginning of each span, of those that have events. */
  public static TreeMap<Long, Sums> by(Span span, Scope scope, Filter more) {
    TreeMap<Long, Sums> all = new TreeMap<>();
    for (Row row : scope.group(more, List.of(Dimension.by(span)), MEASURES)) {
      all.computeIfAbsent((Long) row.key().getFirst(), _ -> new Sums()).add(row);
    }
    return all;
  }

  /** By the beginning of each span and a text, of those that have events. */
  public static Map<Long, Map<@Nullable String, Sums>> by(Span span, Dimension other, Scope scope) {
    Map<Long, Map<@Nullable String, Sums>> all = new TreeMap<>();
    for (Row row : scope.group(Filter.EVERYTHING, List.of(Dimension.by(span), other), MEASURES)) {
      all.computeIfAbsent((Long) row.key().getFirst(), _ -> new java.util.HashMap<>())
          .computeIfAbsent(row.text(1), _ -> new Sums())
          .add(row);
    }
    return all;
  }

  private void add(Row row) {
    events += row.whole(0);
    toolCalls += row.whole(1);
    results += row.whole(2);
    failed += row.whole(3);
    errors += row.whole(4);
    tokensKnown |= row.isKnown(5);
    tokens += row.whole(5);
    costKnown |= row.isKnown(6);
    cost += row.isKnown(6) ? row.real(6) : 0;
    modelCalls += row.whole(7);
    priced += row.whole(8);
    millis += row.whole(9);
    timed += row.whole(10);
  }

  /** Takes in another stretch. */
  public void add(Sums other) {
    events += other.events;
    toolCalls += other.toolCalls;
    results += other.results;
    failed += other.failed;
    errors += other.errors;
    tokensKnown |= other.tokensKnown;
    tokens += other.tokens;
    costKnown |= other.costKnown;
    cost += other.cost;
    modelCalls += other.modelCalls;
    priced += other.priced;
    millis += other.millis;
    timed += other.timed;
  }

  /** The sum of all. */
  public static Sums of(Iterable<Sums> parts) {
    Sums all = new Sums();
    for (Sums part : parts) {
      all.add(part);
    }
    return all;
  }

  public long unpriced() {
    return modelCalls - priced;
  }

  @Nullable Long knownTokens() {
    return tokensKnown ? (Long) tokens : null;
  }

  @Nullable Double knownCost() {
    return costKnown ? (Double) cost : null;
  }

  @Nullable Double failedShare() {
    return Wording.ratio(failed, results);
  }

  @Nullable Double averageMillis() {
    return Wording.ratio(millis, timed);
  }

  /** A stretch of days or weeks without events between two that have some. */
  public record Gap(long from, long spans) {}

  /** What lies between the spans that have events, newest first; each span or gap once. */
  public static List<Object> withGaps(TreeMap<Long, ?> spans, Span span) {
    List<Object> line = new ArrayList<>();
    Long later = null;
    for (Long start : spans.descendingKeySet()) {
      long missing = later == null ? 0 : (later - start) / span.micros() - 1;
      if (missing > 0) {
        line.add(new Gap(start + span.micros(), missing));
      }
      line.add(start);
      later = start;
    }
    return line;
  }
}
