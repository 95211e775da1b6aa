package dev.flightlog.recorder.journal;

import org.jspecify.annotations.Nullable;

/** Gathers drops into one gap, until they have ceased or it is time to tell. */
final class Gaps {
  private static final long CEASED_NANOS = 20_000_000L;

  private @Nullable Gap open;
  private long since;
  private long last;
  private volatile boolean isOpen;

  boolean isOpen() {
    return isOpen;
  }

  void add(long micros) {
    long now = System.nanoTime();
    synchronized (this) {
      since = open == null ? now : since;
      last = now;
      merge(new Gap(1, micros, micros));
    }
  }

  /** The gap, if drops have ceased or it has been open for this long, or at once; else null. */
  synchronized @Nullable Gap ripe(long nanos, boolean atOnce) {
    long now = System.nanoTime();
    if (!atOnce && now - last < CEASED_NANOS && now - since < nanos) {
      return null;
    }
    Gap gap = open;
    open = null;
    isOpen = false;
    return gap;
  }

  synchronized void putBack(Gap gap) {
    merge(gap);
  }

  private void merge(Gap gap) {
    open = open == null ? gap : open.and(gap);
    isOpen = true;
  }
}
