package dev.flightlog.stores.sqlite;

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
import java.util.Map;

/** Batches of numbered tool calls. */
final class Calls {
  private Calls() {}

  static Event call(int number) {
    Instant time = Instant.parse("2025-09-23T14:00:00Z").plusMillis(number * 1001L);
    return Event.builder(EventIds.ofKey("call " + number), time, "tool_call", Category.EXECUTION)
        .set(Field.SESSION_ID, "session " + number / 50)
        .set(Field.STORY_ID, "1." + number % 3)
        .set(Field.DURATION_MS, number % 1000L)
        .set(Field.SUCCESS, number % 7 != 0)
        .details(Map.of("tool", "T" + number % 5, "output", "x".repeat(number % 400)))
        .build();
  }

  /** The calls from one number to before another, and a mark that says how far they go. */
  static Append append(int from, int to) {
    EventBatch batch = new EventBatch();
    for (int i = from; i < to; i++) {
      batch.add(Mode.NEW, call(i));
    }
    return new Append(batch, List.of(new Mark("calls", Integer.toString(to))));
  }
}
