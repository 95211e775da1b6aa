package dev.flightlog.home.index;

import dev.flightlog.store.StoreException;
import dev.flightlog.tasks.PeriodicThread;

/**
 * Lets other processes write to an index that is kept open for long and used now and then, by a
 * thread of its own until it is closed.
 */
public final class GivingWay implements AutoCloseable {
  private final Index index;
  private final PeriodicThread clock;

  /**
   * @param index stays open
   */
  public GivingWay(Index index) {
    this.index = index;
    clock = new PeriodicThread("flightlog-giving-way", index.home()::tell);
  }

  /** Begins to look whether somebody waits. */
  public void start() {
    clock.every(
        IndexFollower.GIVES_WAY, IndexFollower.GIVES_WAY, "letting others write", this::look);
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
    clock.close();
  }
}
