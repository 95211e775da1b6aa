package dev.flightlog.stores.clickhouse;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers for rows, of which ClickHouse keeps the one with the largest. Safe for many threads.
 *
 * <p>What was made of several parts, or hides something, has the time in microseconds with three
 * digits of chance behind it, so that two writers do not give the same. What is new has a number
 * below all of those, which falls with the time: so it hides nothing when somebody else has told
 * the id in the same moment, and of two that are new the first stays.
 */
final class Versions {
  private static final int CHANCE = 1000;

  /** Above all times of a day to come, in microseconds. */
  static final long FIRST = 1L << 60;

  private final LongSupplier clock;
  private final AtomicLong last = new AtomicLong();

  /**
   * @param clock milliseconds since 1970
   */
  Versions(LongSupplier clock) {
    this.clock = clock;
  }

  /** For what nothing is known of. */
  long ofNew() {
    return FIRST - clock.getAsLong() * 1000 - ThreadLocalRandom.current().nextInt(CHANCE);
  }

  /** A number larger than all that this gave before, and than this one. */
  long after(long known) {
    long now = clock.getAsLong() * 1000 * CHANCE;
    return last.updateAndGet(before -> {
      // A clock that stands in a past before FIRST must not make it lie below what is new.
      long least = Math.max(FIRST, Math.max(before, known)) / CHANCE * CHANCE + CHANCE;
      return Math.max(now, least) + ThreadLocalRandom.current().nextInt(CHANCE);
    });
  }
}
