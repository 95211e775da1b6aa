package dev.flightlog.home.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.store.Append;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedEventsTest {
  private static final Instant BEGIN = Instant.parse("2025-12-30T00:10:00Z");

  @TempDir Path folder;

  private final EventBatch batch = new EventBatch();

  private void add(int minute, String type, Map<String, Object> details) {
    batch.add(
        EventBatch.Mode.NEW,
        Event.builder(
                EventIds.ofKey("dropped:" + minute + type),
                BEGIN.plus(Duration.ofMinutes(minute)),
                type,
                Category.EXECUTION)
            .details(details)
            .build());
  }

  @Test
  void theyAreAddedUpAndOnlyHoursWithGapsAreRead() {
    for (int minute = 0; minute < 20_000; minute++) {
      add(minute, EventTypes.TOOL_CALL, Map.of("tool", "Bash"));
    }
    try (SqliteStore store = SqliteStore.open(folder.resolve("events.db"))) {
      store.append(new Append(batch));
      store.settle();
      assertThat(DroppedEvents.in(store)).isZero();
      batch.clear();
      for (int minute : new int[] {49, 50, 51, 1_440, 9_999, 30_000}) {
        add(minute, EventTypes.RECORDER_GAP, Map.of("dropped", 7L));
      }
      store.append(new Append(batch));
      store.settle();
      long before = store.check().eventsRead();
      assertThat(DroppedEvents.in(store)).isEqualTo(6 * 7L);
      assertThat(store.check().eventsRead() - before).isBetween(6L, 300L);
    }
  }
}
