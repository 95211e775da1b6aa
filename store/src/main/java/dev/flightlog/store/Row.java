package dev.flightlog.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of an aggregate.
 *
 * @param key one value a dimension: String, Boolean, Long; or null
 * @param values one a measure: Long, Double; or null, which is unknown and not zero
 */
public record Row(List<@Nullable Object> key, List<@Nullable Number> values) {
  public Row(List<@Nullable Object> key, List<@Nullable Number> values) {
    this.key = Collections.unmodifiableList(new ArrayList<>(key));
    this.values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** The key of a dimension as text; null when its events have none. */
  public @Nullable String text(int dimension) {
    Object value = key.get(dimension);
    return value == null ? null : value.toString();
  }

  /** A measure, rounded to a whole number; 0 when it is unknown. */
  public long whole(int measure) {
    Number value = values.get(measure);
    return value instanceof Long number
        ? number
        : value == null ? 0 : Math.round(value.doubleValue());
  }

  /** A measure; not a number when it is unknown. */
  public double real(int measure) {
    Number value = values.get(measure);
    return value == null ? Double.NaN : value.doubleValue();
  }

  public boolean isKnown(int measure) {
    return values.get(measure) != null;
  }

  /** Puts the rows of an aggregate into its order and cuts them at its limit; a help for stores. */
  public static List<Row> inOrder(List<Row> rows, Aggregate aggregate) {
    Comparator<Row> order = Row::byKey;
    int measure = aggregate.orderBy();
    if (measure >= 0) {
      Comparator<Row> byMeasure =
          Comparator.comparing(
              row -> row.isKnown(measure) ? row.real(measure) : Double.NEGATIVE_INFINITY);
      order = byMeasure.reversed().thenComparing(order);
    }
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(order);
    return List.copyOf(sorted.subList(0, Math.min(sorted.size(), aggregate.limit())));
  }

  /** Nulls first, then in the natural order. */
  private static int byKey(Row a, Row b) {
    for (int i = 0; i < a.key.size(); i++) {
      int order = compare(a.key.get(i), b.key.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    if (a instanceof Long x && b instanceof Long y) {
      return x.compareTo(y);
    }
    return a instanceof Boolean x && b instanceof Boolean y
        ? x.compareTo(y)
        : a.toString().compareTo(b.toString());
  }
}
