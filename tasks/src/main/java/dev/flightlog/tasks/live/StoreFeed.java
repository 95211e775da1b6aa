package dev.flightlog.tasks.live;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the task events of a store to live metrics: those of the last hour, then each as it
 * arrives, once. For one thread at a time; blocks.
 */
public final class StoreFeed {
  private static final int MOST = 10_000;
  private static final Duration SHOWN = TaskStats.LENGTHS.getLast();
  private static final Filter WANTED =
      Filter.in(
          Attribute.of(Field.EVENT_TYPE),
          List.of(EventTypes.TASK_REQUEST, EventTypes.TASK_OUTCOME));

  private final EventStore store;
  private final LiveMetrics metrics;
  private final Map<String, Long> counted = new HashMap<>();
  private Cursor at = Cursor.BEGINNING;

  public StoreFeed(EventStore store, LiveMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  /** Takes in what is new. */
  public synchronized void poll(Instant now) {
    long oldest = Timestamps.of(now.minus(SHOWN));
    if (at.equals(Cursor.BEGINNING)) {
      begin(oldest);
    }
    while (true) {
      switch (store.changes(at, WANTED, MOST)) {
        case Changes.Unknown _ -> begin(oldest);
        case Changes.Page page -> {
          page.events().forEach(this::take);
          at = page.next();
          if (!page.more()) {
            counted.values().removeIf(time -> time < oldest);
            return;
          }
        }
      }
    }
  }

  /** What arrives while this reads comes again, and is known then. */
  private void begin(long oldest) {
    at = store.latest();
    ReadRequest recent = ReadRequest.oldestFirst(Filter.and(WANTED, Filter.since(oldest)));
    store.read(recent).finish(recent).forEach(this::take);
  }

  /** An event that arrives again because it changed was counted. */
  private void take(Event event) {
    if (counted.putIfAbsent(event.id(), event.micros()) == null) {
      metrics.accept(event);
    }
  }
}
