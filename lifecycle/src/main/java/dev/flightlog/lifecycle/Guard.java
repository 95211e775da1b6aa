package dev.flightlog.lifecycle;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why a run should not go on before a person has looked at it. */
final class Guard {
  private static final Duration BACKWARDS = Duration.ofHours(1);
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final Duration SILENCE = Duration.ofDays(45);
  private static final int WEEKS_AT_ONCE = 5;
  private static final String CONFIRM = "; if that is right: flightlog archive run --yes";

  private Guard() {}

  /** A clock that jumped would make everything old at once. */
  static Optional<String> clock(Instant now, @Nullable Instant lastRun, EventStore store) {
    if (lastRun != null && now.isBefore(lastRun.minus(BACKWARDS))) {
      return Optional.of(
          "the clock says " + now + ", but the last run was at " + lastRun + CONFIRM);
    }
    Object newest =
        store
            .aggregate(Aggregate.of(Filter.EVERYTHING, Measure.last()))
            .getFirst()
            .values()
            .getFirst();
    if (!(newest instanceof Long micros)) {
      return Optional.empty();
    }
    Instant last = Timestamps.instant(micros);
    if (last.isAfter(now.plus(AHEAD))) {
      return Optional.of("the clock says " + now + ", but there are events of " + last + CONFIRM);
    }
    Instant known = lastRun != null && lastRun.isAfter(last) ? lastRun : last;
    if (known.isBefore(now.minus(SILENCE))) {
      return Optional.of(
          "the clock says "
              + now
              + ", and nothing was recorded since "
              + known
              + ": did the clock jump? Nothing was moved"
              + CONFIRM);
    }
    return Optional.empty();
  }

  /** Rows that go for good without having been seen to go before. */
  static Optional<String> expiring(long rows, EventStore store, LifecycleSettings settings) {
    boolean first =
        store.rowExpiry().map(expiry -> expiry.expired() == Long.MIN_VALUE).orElse(false);
    return rows > 0 && first
        ? Optional.of(
            "it would delete "
                + rows
                + " rows of the store for good, for the first time: all that are older than "
                + settings.standing().toDays()
                + " days (lifecycle.store_days); their sums stay. Nothing was moved"
                + CONFIRM)
        : Optional.empty();
  }

  /** Of frozen weeks only a summary stays, so many at once should be seen by somebody. */
  static Optional<String> frozen(List<?> weeks) {
    return weeks.size() > WEEKS_AT_ONCE
        ? Optional.of(
            "it would delete the archives of "
                + weeks.size()
                + " weeks ("
                + weeks.getFirst()
                + " to "
                + weeks.getLast()
                + "), of which only summaries stay. Nothing was moved; look with: flightlog archive"
                + " list"
                + CONFIRM)
        : Optional.empty();
  }
}
