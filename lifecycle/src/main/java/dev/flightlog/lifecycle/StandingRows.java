package dev.flightlog.lifecycle;

import dev.flightlog.lifecycle.archive.Week;
import java.util.OptionalLong;

/**
 * Rows of a store that keeps them all, on disks of its own, such as one that many machines share.
 * Of the home only files age; its archives are not frozen, since they are what the store could be
 * filled from again.
 */
record StandingRows() implements AgingRows {
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
