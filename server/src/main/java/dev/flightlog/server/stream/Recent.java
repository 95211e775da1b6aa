package dev.flightlog.server.stream;

import dev.flightlog.store.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest arrivals, numbered, as many as a bound of bytes allows and at least the newest. Not
 * safe for several threads.
 */
final class Recent {
  /** What an arrival takes besides its text and the text of its event. */
  private static final int OVERHEAD = 600;

  /** An event takes about as much again as its line. */
  private static final int COPIES = 3;

  private final long mostBytes;
  private @Nullable Arrival[] ring = new @Nullable Arrival[64];
  private long begin;
  private long end;
  private long bytes;

  Recent(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  private int index(long number) {
    return (int) (number & (ring.length - 1));
  }

  private Arrival at(long number) {
    return Objects.requireNonNull(ring[index(number)]);
  }

  private static long weight(Arrival arrival) {
    return OVERHEAD + (long) COPIES * arrival.bytes();
  }

  void add(Arrival arrival) {
    if (end - begin == ring.length) {
      grow();
    }
    ring[index(end++)] = arrival;
    bytes += weight(arrival);
    while (bytes > mostBytes && end - begin > 1) {
      bytes -= weight(at(begin));
      ring[index(begin++)] = null;
    }
  }

  private void grow() {
    @Nullable Arrival[] larger = new @Nullable Arrival[ring.length * 2];
    for (long number = begin; number < end; number++) {
      larger[(int) (number & (larger.length - 1))] = ring[index(number)];
    }
    ring = larger;
  }

  /** Forgets all, and goes on numbering. */
  void clear() {
    ring = new @Nullable Arrival[64];
    begin = end;
    bytes = 0;
  }

  /** The number that the next arrival will have. */
  long end() {
    return end;
  }

  /** The number of what follows the newest arrival that ends at this place; -1 without one. */
  long numberBehind(Cursor place) {
    for (long number = end - 1; number >= begin; number--) {
      if (place.equals(at(number).behind())) {
        return number + 1;
      }
    }
    return -1;
  }

  /** At most so many from this number on; null when the first of them is no longer kept. */
  @Nullable List<Arrival> from(long from, int most) {
    if (from < begin) {
      return null;
    }
    List<Arrival> some = new ArrayList<>();
    for (long number = from; number < end && some.size() < most; number++) {
      some.add(at(number));
    }
    return some;
  }
}
