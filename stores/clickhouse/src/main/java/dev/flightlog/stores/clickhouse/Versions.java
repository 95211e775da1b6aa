package dev.flightlog.stores.clickhouse;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for rows, of which ClickHouse keeps the one with the largest: the time in microseconds
 * with three digits of chance behind it, so that two writers do not give the same. Safe for many
 * threads.
 */
final class Versions {
  private static final int CHANCE = 1000;

  private final AtomicLong last = new AtomicLong();

  /** A number larger than all that this gave before, and than this one. */
  long after(long known) {
    long now = System.currentTimeMillis() * 1000 * CHANCE;
    return last.updateAndGet(before -> {
      long least = Math.max(before, known) / CHANCE * CHANCE + CHANCE;
      return Math.max(now, least) + ThreadLocalRandom.current().nextInt(CHANCE);
    });
  }
}
