package dev.flightlog.lifecycle;

import dev.flightlog.event.Timestamps;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.store.archive.RowExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows of a store that keeps them on disks of its own, such as one that many machines share. They
 * go for good when they are as old as somebody said. Of the home only files age; its archives are
 * not frozen, since they are what the store could be filled from again.
 *
 * @param kept how long rows stay; zero: for ever
 */
record StandingRows(Optional<RowExpiry> expiry, Duration kept) implements AgingRows {
  @Override
  public OptionalLong first(long since) {
    return OptionalLong.empty();
  }

  @Override
  public long count(long since, long until) {
    return 0;
  }

  @Override
  public long release(Week week, long since, long until) {
    return 0;
  }

  @Override
  public long reinstate(Week week) {
    return 0;
  }

  @Override
  public long due(Instant now) {
    return kept.isZero() || expiry.isEmpty() ? 0 : expiry.get().due(Timestamps.of(now.minus(kept)));
  }

  @Override
  public long expire(Instant now) {
    return kept.isZero() || expiry.isEmpty()
        ? 0
        : expiry.get().expire(Timestamps.of(now.minus(kept)));
  }

  @Override
  public boolean freeze() {
    return false;
  }

  @Override
  public void compact() {
    // There is nothing of them here.
  }

  @Override
  public long bytesOnDisk() {
    return 0;
  }
}
