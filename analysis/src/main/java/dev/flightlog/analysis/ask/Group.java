package dev.flightlog.analysis.ask;

import dev.flightlog.store.Dimension;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of an aggregate, read by the dimensions and measures that were asked for: the same
 * objects, not equal ones. One that was not asked for is an {@link IllegalArgumentException}.
 */
public record Group(List<Dimension> dimensions, List<Measure> measures, Row row) {

  /** The key of a dimension as text; null when its events have none. */
  public @Nullable String text(Dimension dimension) {
    return row.text(index(dimensions, dimension));
  }

  /** The key of a dimension as it is. */
  public @Nullable Object key(Dimension dimension) {
    return row.key().get(index(dimensions, dimension));
  }

  /** When a span of time begins by which groups were made, in microseconds since 1970. */
  public long start(Dimension span) {
    return key(span) instanceof Long micros ? micros : 0;
  }

  /** A measure, rounded to a whole number; 0 when it is unknown. */
  public long count(Measure measure) {
    return row.whole(index(measures, measure));
  }

  /** A measure, rounded to a whole number; null when it is unknown. */
  public @Nullable Long whole(Measure measure) {
    int index = index(measures, measure);
    return row.isKnown(index) ? (Long) row.whole(index) : null;
  }

  /** A measure; null when it is unknown. */
  public @Nullable Double real(Measure measure) {
    int index = index(measures, measure);
    return row.isKnown(index) ? (Double) row.real(index) : null;
  }

  /** One measure over another; null when there is nothing to divide by. */
  public @Nullable Double ratio(Measure part, Measure whole) {
    return Wording.ratio(count(part), count(whole));
  }

  private static <T> int index(List<T> all, T one) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == one) {
        return i;
      }
    }
    throw new IllegalArgumentException(one + " was not asked for");
  }
}
