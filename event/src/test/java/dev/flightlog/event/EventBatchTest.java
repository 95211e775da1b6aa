package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventBatchTest {
  @Test
  void keepsEveryTextWhileItGrows() {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 3000; i++) {
      batch.add(EventBatch.Mode.NEW, event(i));
    }
    for (int i = 0; i < 3000; i++) {
      assertThat(batch.event(i)).isEqualTo(event(i));
    }
  }

  @Test
  void growsForOneTextLargerThanAllItHolds() {
    EventBatch batch = new EventBatch();
    Event large = event(1).toBuilder().set(Field.STORY_ID, "s".repeat(100_000)).build();
    batch.add(EventBatch.Mode.NEW, event(0));
    batch.add(EventBatch.Mode.NEW, large);
    assertThat(batch.event(1)).isEqualTo(large);
  }

  private static Event event(int i) {
    return Event.builder(
            EventIds.ofKey("batch:" + i), Instant.EPOCH.plusSeconds(i), "note", Category.EXECUTION)
        .set(Field.AGENT_NAME, "agent " + i)
        .set(Field.DURATION_MS, (long) i)
        .build();
  }
}
