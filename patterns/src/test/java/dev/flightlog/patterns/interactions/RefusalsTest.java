package dev.flightlog.patterns.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Instant T = Instant.parse("2026-01-21T00:02:53Z");
  private final List<Event> events = new ArrayList<>();

  private void at(long millis, String session, String type) {
    events.add(
        Event.builder(
                EventIds.ofKey("e" + events.size()),
                T.plusMillis(millis),
                type,
                Category.INTERACTION)
            .set(Field.SESSION_ID, session)
            .build());
  }

  private List<String> kinds() {
    EventBatch batch = new EventBatch();
    events.forEach(event -> batch.add(EventBatch.Mode.NEW, event));
    MemoryStore store = new MemoryStore();
    store.append(new Append(batch));
    return new Digest(store, List.of(new InteractionObserver()))
        .refresh().all(InteractionFact.class).stream()
            .map(fact -> fact.session() + " " + fact.kind().wireName())
            .sorted()
            .toList();
  }

  @Test
  void anInterruptionThatIsARefusalCountsOnceWhicheverIsWrittenFirst() {
    at(0, "a", "tool_rejected");
    at(4, "a", "user_interrupt");
    at(0, "b", "user_interrupt");
    at(0, "b", "tool_rejected");
    assertThat(Refusals.toldTwice(events)).isEqualTo(2);
    assertThat(kinds()).containsExactly("a rejection", "b rejection");
  }

  @Test
  void anInterruptionForItselfStays() {
    at(0, "a", "tool_rejected");
    at(2_000, "a", "user_interrupt");
    at(0, "b", "user_interrupt");
    at(500, "c", "user_interrupt");
    at(900, "c", "user_interrupt");
    assertThat(Refusals.toldTwice(events)).isZero();
    assertThat(kinds())
        .containsExactly(
            "a interruption", "a rejection", "b interruption", "c interruption", "c interruption");
  }
}
