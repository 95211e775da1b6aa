package dev.flightlog.shipping.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.shipping.OutgoingRows;
import dev.flightlog.shipping.Sender;
import dev.flightlog.shipping.SharedStore;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationTest {
  private static final Sender SENDER = new Sender("laptop", "", false);

  private final MemoryStore source = new MemoryStore();
  private final MemoryStore behind = new MemoryStore();
  private final EventStore target = SharedStore.of(behind, SENDER, new byte[32]);

  private static Event event(int number, Map<String, Object> details) {
    return Event.builder(
            EventIds.ofKey("k" + number),
            Instant.ofEpochSecond(number * 3_600L),
            "tool_call",
            Category.EXECUTION)
        .set(Field.PROJECT, number % 2 == 0 ? "shop" : null)
        .set(Field.SUCCESS, number % 3 != 0)
        .details(details)
        .build();
  }

  private static void append(EventStore store, Event event) {
    EventBatch batch = new EventBatch();
    batch.add(Mode.MERGE, event);
    store.append(new Append(batch));
  }

  private void fill(int events) {
    for (int i = 0; i < events; i++) {
      append(source, event(i, Map.of("n", i)));
    }
  }

  private Proof migrate() {
    Migration migration = new Migration(target, new OutgoingRows(SENDER)::of, _ -> {});
    migration.forgetAs(source);
    migration.copy(source);
    return migration.proof();
  }

  @Test
  void aHistoryIsCopiedOnceAndTheSameBesideThatOfOthers() {
    fill(100);
    append(behind, event(1_000, Map.of("of", "others")));
    Proof first = migrate();
    assertThat(first.holds()).isTrue();
    assertThat(first.copied()).isEqualTo(100);
    assertThat(first.all().source()).isEqualTo(first.all().target());
    assertThat(first.all().source().events()).isEqualTo(100);
    assertThat(first.groups().stream().filter(group -> group.by().equals("day"))).hasSize(5);
    Proof second = migrate();
    assertThat(second.copied()).isZero();
    assertThat(second.groups()).isEqualTo(first.groups());
    assertThat(behind.check().events()).isEqualTo(101);
  }

  @Test
  void whatTheTargetKnowsInPartIsCompletedAndWhatItKnowsOtherwiseIsToldAndLeft() {
    fill(3);
    append(target, event(0, Map.of()));
    append(target, event(1, Map.of("n", 1, "more", "than the source")));
    Proof proof = migrate();
    assertThat(proof.holds()).isFalse();
    assertThat(proof.copied()).isEqualTo(2);
    assertThat(proof.conflicts()).containsExactly(EventIds.ofKey("k1"));
    assertThat(proof.missing()).isEmpty();
    assertThat(proof.all().source().hash()).isNotEqualTo(proof.all().target().hash());
  }

  @Test
  void whatWasForgottenInTheTargetIsMissingAndWhatTheSourceForgotGoes() {
    fill(3);
    target.forget(Filter.is(Field.ID, EventIds.ofKey("k0")));
    append(target, event(9, Map.of()));
    append(source, event(9, Map.of()));
    source.forget(Filter.is(Field.ID, EventIds.ofKey("k9")));
    Proof proof = migrate();
    assertThat(proof.missing()).containsExactly(EventIds.ofKey("k0"));
    assertThat(proof.holds()).isFalse();
    assertThat(behind.check().events()).isEqualTo(2);
  }

  @Test
  void anEmptyHistoryIsEqual() {
    Proof proof = migrate();
    assertThat(proof.holds()).isTrue();
    assertThat(proof.all().source().events()).isZero();
  }
}
