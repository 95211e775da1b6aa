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

  @Test
  void allRowsOfAnotherBatchStandBehindItsOwn() {
    EventBatch all = new EventBatch(0, 0);
    for (int from = 0; from < 900; from += 300) {
      EventBatch some = new EventBatch();
      for (int i = from; i < from + 300; i++) {
        some.add(i % 2 == 0 ? EventBatch.Mode.NEW : EventBatch.Mode.MERGE, event(i));
      }
      all.addAll(some);
      some.clear();
    }
    assertThat(all.size()).isEqualTo(900);
    for (int i = 0; i < 900; i++) {
      assertThat(all.event(i)).isEqualTo(event(i));
      assertThat(all.mode(i) == EventBatch.Mode.NEW).isEqualTo(i % 2 == 0);
    }
  }

  private static Event event(int i) {
    return Event.builder(
            EventIds.ofKey("batch:" + i), Instant.EPOCH.plusSeconds(i), "note", Category.EXECUTION)
        .set(Field.AGENT_NAME, "agent " + i)
        .set(Field.DURATION_MS, (long) i)
        .build();
  }
}
