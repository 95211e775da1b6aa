package dev.flightlog.stores.contract;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Mark;
import java.time.Instant;
import java.util.List;

/** Small events for tests. */
final class Samples {
  static final Instant START = Instant.parse("2025-09-23T14:10:23.908242Z");

  private Samples() {}

  /** A tool call with this key, so many seconds after the start. */
  static Event.Builder call(String key, int seconds) {
    return Event.builder(
            EventIds.ofKey(key), START.plusSeconds(seconds), "tool_call", Category.EXECUTION)
        .set(Field.SESSION_ID, "s1");
  }

  static Append append(Mode mode, Event... events) {
    EventBatch batch = new EventBatch();
    for (Event event : events) {
      batch.add(mode, event);
    }
    return new Append(batch);
  }

  static Append append(List<Mark> marks, Event... events) {
    return new Append(append(Mode.NEW, events).events(), marks);
  }
}
