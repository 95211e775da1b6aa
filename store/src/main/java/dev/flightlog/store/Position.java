package dev.flightlog.store;

import dev.flightlog.event.Event;
import java.util.Comparator;

/**
 * The place of an event in the one order of all stores: by time, then by id.
 *
 * @param micros microseconds since 1970
 */
public record Position(long micros, String id) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::micros).thenComparing(Position::id);

  public static Position of(Event event) {
    return new Position(event.micros(), event.id());
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
