package dev.flightlog.home.index;

import dev.flightlog.store.StoreException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets other processes write to an index that is kept open for long and used now and then, by a
 * thread of its own until it is closed.
 */
public final class GivingWay implements AutoCloseable {
  private final Index index;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("flightlog-giving-way").daemon().factory());

  /**
   * @param index stays open
   */
  public GivingWay(Index index) {
    this.index = index;
  }

  /** Begins to look whether somebody waits. */
  public void start() {
    clock.scheduleWithFixedDelay(
        this::look, IndexFollower.GIVES_WAY_MS, IndexFollower.GIVES_WAY_MS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      index.giveWay();
    } catch (StoreException e) {
      // The next append meets the same fault, and tells it.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
