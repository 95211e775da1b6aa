package dev.flightlog.tasks.live;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the task events of a store to live metrics, each once, also those that arrive up to two
 * minutes after later ones. Begins with the last hour. For one thread at a time; blocks.
 */
public final class StoreFeed {
  private static final long OVERLAP = 120_000_000L;
  private static final long HOUR = 3_600_000_000L;
  private static final Filter WANTED =
      Filter.in(
          Attribute.of(Field.EVENT_TYPE),
          List.of(EventTypes.TASK_REQUEST, EventTypes.TASK_OUTCOME));

  private final EventStore store;
  private final LiveMetrics metrics;
  private final Map<String, Long> seen = new HashMap<>();
  private long from = Long.MIN_VALUE;

  public StoreFeed(EventStore store, LiveMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  /** Takes in what is new. */
  public synchronized void poll(Instant now) {
    long micros = Timestamps.of(now);
    from = Math.max(from, micros - HOUR);
    ReadRequest request = ReadRequest.oldestFirst(Filter.and(WANTED, Filter.since(from)));
    try (Answer answer = store.read(request)) {
      answer.events().filter(answer.unmet()::matches).forEach(this::take);
    }
    from = Math.max(from, micros - OVERLAP);
    seen.values().removeIf(time -> time < from);
  }

  private void take(Event event) {
    if (seen.putIfAbsent(event.id(), event.micros()) == null) {
      metrics.accept(event);
    }
  }
}
