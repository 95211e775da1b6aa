package dev.flightlog.recorder.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts events so that, at any moment, offered = written + dropped + pending. Each counter only
 * grows, by what happened. A snapshot reads offered while written and dropped stand still, so it is
 * what was true at one instant.
 */
public final class Tally {
  private static final int STRIPES = 16;
  private static final int STRIDE = 16;
  private static final int TRIES = 10_000;

  private final AtomicLongArray offered = new AtomicLongArray(STRIPES * STRIDE + STRIDE);
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  /** One instant. */
  public record Snapshot(long offered, long written, long dropped) {
    public long pending() {
      return offered - written - dropped;
    }
  }

  /** Counts an event that the host hands over. */
  public void offer(Thread thread) {
    int stripe = (int) threadId(thread) & (STRIPES - 1);
    offered.getAndIncrement((stripe + 1) * STRIDE);
  }

  @SuppressWarnings("deprecation") // Java 17 has no threadId()
  private static long threadId(Thread thread) {
    return thread.getId();
  }

  public void drop() {
    dropped.getAndIncrement();
  }

  void wrote(int events) {
    written.getAndAdd(events);
  }

  /** What is pending will never be written. */
  void dropPending() {
    dropped.getAndAdd(snapshot().pending());
  }

  /** What is pending outlives the process in its ring file, and so counts as written. */
  void keepPending() {
    written.getAndAdd(snapshot().pending());
  }

  public Snapshot snapshot() {
    for (int i = 1; ; i++) {
      long writtenBefore = written.get();
      long droppedBefore = dropped.get();
      long all = 0;
      for (int stripe = 1; stripe <= STRIPES; stripe++) {
        all += offered.get(stripe * STRIDE);
      }
      if (i == TRIES || (written.get() == writtenBefore && dropped.get() == droppedBefore)) {
        return new Snapshot(all, writtenBefore, droppedBefore);
      }
      Thread.onSpinWait();
    }
  }
}
