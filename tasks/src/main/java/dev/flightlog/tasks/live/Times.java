package dev.flightlog.tasks.live;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of times from 1 ms to 30 days whose bucket bounds grow by a tenth, so that a
 * percentile is within 5 % of the true one. Takes about 1 KiB. Not thread-safe.
 */
final class Times {
  private static final double GROWTH = Math.log(1.1);
  private static final int BUCKETS = (int) (Math.log(30.0 * 86_400_000) / GROWTH) + 2;

  private final int[] counts = new int[BUCKETS];

  void add(long millis) {
    counts[bucket(millis)]++;
  }

  void add(Times other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
  }

  void clear() {
    Arrays.fill(counts, 0);
  }

  private static int bucket(long millis) {
    return millis < 1 ? 0 : Math.min(BUCKETS - 1, 1 + (int) (Math.log(millis) / GROWTH));
  }

  /** The time in milliseconds of this rank, 0 to 1; null without any. */
  @Nullable Double percentile(double rank) {
    long all = 0;
    for (int count : counts) {
      all += count;
    }
    if (all == 0) {
      return null;
    }
    long wanted = Math.max(1, (long) Math.ceil(rank * all));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return i == 0 ? 0 : Math.exp((i - 0.5) * GROWTH);
      }
    }
    throw new AssertionError("all buckets hold " + seen + " of " + all);
  }
}
