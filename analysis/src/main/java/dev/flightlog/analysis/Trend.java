package dev.flightlog.analysis;

import dev.flightlog.analysis.wording.Units;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Two equal periods, of which the later ends with the hour of the newest event: the last seven days
 * and the seven before; for shorter data its two halves. Whole hours where there are enough, so
 * that sums kept by the hour answer it.
 *
 * @param middle where the earlier ends and the later begins, in microseconds since 1970
 * @param length of each, in microseconds; 0 when there is too little to compare
 */
record Trend(long middle, long length) {

  static Trend of(Scope scope) {
    long hour = Span.HOUR.micros();
    long begin = Span.HOUR.startOf(scope.first());
    long end = Span.HOUR.startOf(scope.last()) + hour;
    if (scope.events() < 2 || scope.first() == scope.last()) {
      return new Trend(0, 0);
    } else if (end - begin >= 14 * Timestamps.DAY) {
      return new Trend(end - 7 * Timestamps.DAY, 7 * Timestamps.DAY);
    } else if (end - begin >= 4 * hour) {
      long half = (end - begin) / hour / 2 * hour;
      return new Trend(end - half, half);
    }
    long half = (scope.last() + 1 - scope.first()) / 2;
    return new Trend(scope.last() + 1 - half, half);
  }

  /** False when there is too little to compare. */
  boolean isKnown() {
    return length > 0;
  }

  Filter recent() {
    return isKnown() ? new Filter.Time(middle, middle + length) : Filter.NOTHING;
  }

  Filter before() {
    return isKnown() ? new Filter.Time(middle - length, middle) : Filter.NOTHING;
  }

  /** The length as it is said: {@code 7d}. */
  String period() {
    return Units.span(length);
  }

  /** Both counts and the direction: {@code up 3->12}. */
  static String words(@Nullable Object before, @Nullable Object recent) {
    if (!(before instanceof Long earlier) || !(recent instanceof Long later)) {
      return "-";
    }
    String counts = Units.count(earlier) + "->" + Units.count(later);
    if (earlier == 0 && later == 0) {
      return "-";
    } else if (earlier.equals(later)) {
      return "same " + counts;
    } else if (earlier == 0) {
      return "new " + counts;
    } else if (later == 0) {
      return "gone " + counts;
    }
    return (later > earlier ? "up " : "down ") + counts;
  }
}
