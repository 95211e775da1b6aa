package dev.flightlog.server.stats;

import dev.flightlog.store.EventStore;
import dev.flightlog.tasks.live.LiveMetrics;
import dev.flightlog.tasks.live.StoreFeed;
import dev.flightlog.tasks.live.StoredStats;
import dev.flightlog.tasks.live.TaskStats;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The figures of tasks now: the windows from live metrics, which the events of the store feed, all
 * time from the store itself. Safe for many threads; blocks for reading.
 */
public final class TaskFigures {
  private final EventStore store;
  private final Runnable takeIn;
  private final Clock clock;
  private final LiveMetrics live;
  private final StoreFeed feed;

  /**
   * @param store stays open
   * @param takeIn brings what was recorded until now into the store; called by many threads
   */
  public TaskFigures(EventStore store, Runnable takeIn, Clock clock) {
    this.store = store;
    this.takeIn = takeIn;
    this.clock = clock;
    live = new LiveMetrics(clock);
    feed = new StoreFeed(store, live);
  }

  /** The windows that end now. */
  TaskStats windows(@Nullable String agent) {
    takeIn.run();
    Instant now = clock.instant();
    feed.poll(now);
    return live.snapshot(agent);
  }

  /** The windows that end now, and all time. */
  TaskStats all(@Nullable String agent) {
    return windows(agent).and(StoredStats.allTime(store, agent));
  }

  Instant now() {
    return clock.instant();
  }
}
