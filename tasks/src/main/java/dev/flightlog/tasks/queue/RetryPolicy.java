package dev.flightlog.tasks.queue;

import java.time.Duration;

/**
 * How often a task is tried, and how long it rests in between: the first pause, doubled each time,
 * up to the longest.
 *
 * @param attempts from 1; when the last one fails the task is parked
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
  /** Three tries, with pauses of ten and twenty seconds. */
  public static final RetryPolicy USUAL =
      new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(10));

  /**
   * @throws IllegalArgumentException when there is no attempt, or a pause is negative
   */
  public RetryPolicy {
    if (attempts < 1 || firstPause.isNegative() || longestPause.isNegative()) {
      throw new IllegalArgumentException("at least one attempt, and no negative pause");
    }
  }

  /** The pause after this many attempts. */
  public Duration pauseAfter(int attempt) {
    Duration pause = firstPause;
    for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
