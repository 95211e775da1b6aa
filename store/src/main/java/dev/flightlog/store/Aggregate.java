package dev.flightlog.store;

import dev.flightlog.event.Field;
import java.time.Duration;
import java.util.List;

/**
 * A question about many events at once: of those that match, per group, these measures. Without
 * dimensions there is exactly one row, also over no events.
 *
 * @param orderBy the index of the measure by which rows stand, largest first and null last; -1 for
 *     the order of their keys
 * @param limit at most so many rows
 */
public record Aggregate(
    Filter filter,
    List<Dimension> dimensions,
    List<Measure> measures,
    int orderBy,
    int limit,
    Duration patience) {

  public Aggregate {
    dimensions = List.copyOf(dimensions);
    measures = List.copyOf(measures);
    if (orderBy < -1 || orderBy >= measures.size()) {
      throw new IllegalArgumentException("there is no measure " + orderBy);
    }
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + limit);
    }
  }

  /** Of all events that match; grouped by {@link #by}. */
  public static Aggregate of(Filter filter, Measure... measures) {
    return new Aggregate(
        filter, List.of(), List.of(measures), -1, Integer.MAX_VALUE, ReadRequest.PATIENCE);
  }

  public Aggregate by(Dimension... groups) {
    return new Aggregate(filter, List.of(groups), measures, orderBy, limit, patience);
  }

  public Aggregate by(Field field) {
    return by(Dimension.of(field));
  }

  /** Largest first by this measure; equal ones by their keys. */
  public Aggregate orderBy(int measure) {
    return new Aggregate(filter, dimensions, measures, measure, limit, patience);
  }

  public Aggregate limit(int rows) {
    return new Aggregate(filter, dimensions, measures, orderBy, rows, patience);
  }

  public Aggregate patience(Duration longest) {
    return new Aggregate(filter, dimensions, measures, orderBy, limit, longest);
  }
}
