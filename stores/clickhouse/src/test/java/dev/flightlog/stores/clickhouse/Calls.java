package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.time.Instant;
import java.util.Map;

/** Calls of a tool, a second apart, for tests. */
final class Calls {
  private static final Instant START = Instant.parse("2025-09-23T14:10:23.908242Z");

  private Calls() {}

  static Event.Builder call(int number) {
    return Event.builder(
            EventIds.ofKey("call " + number),
            START.plusSeconds(number),
            "tool_call",
            Category.EXECUTION)
        .set(Field.SESSION_ID, "s" + number % 2)
        .set(Field.DURATION_MS, (long) number)
        .details(Map.of("tool", "Read", "output", "word" + number));
  }

  /** Those from a number on, before another. */
  static Append append(int from, int to) {
    EventBatch batch = new EventBatch();
    for (int number = from; number < to; number++) {
      batch.add(Mode.NEW, call(number).build());
    }
    return new Append(batch);
  }

  static Append append(Mode mode, Event event) {
    EventBatch batch = new EventBatch();
    batch.add(mode, event);
    return new Append(batch);
  }

  static long count(EventStore store) {
    return store.aggregate(Aggregate.of(Filter.EVERYTHING, Measure.count())).getFirst().whole(0);
  }
}
