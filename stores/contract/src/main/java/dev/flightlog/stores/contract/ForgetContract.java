package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.ChangesContract.page;
import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Tombstones;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Forgetting: exactly, in every sum, and for good. */
public interface ForgetContract extends Stores {
  /** The session that is forgotten. */
  Filter SECRET = Filter.is(Field.SESSION_ID, "secret");

  private static Event.Builder secret(String key, int seconds) {
    return call(key, seconds).set(Field.SESSION_ID, "secret").set(Field.TOKENS_USED, 10L);
  }

  @Test
  default void aSessionIsGoneFromRowsAndSums() {
    try (EventStore store = freshStore()) {
      store.append(
          append(
              Mode.NEW,
              call("a", 0).set(Field.TOKENS_USED, 1L).build(),
              secret("b", 1).build(),
              secret("c", 90_000).build()));
      assertThat(store.forget(SECRET)).isEqualTo(new Forgotten(2, 0));
      assertThat(all(store)).containsExactly(call("a", 0).set(Field.TOKENS_USED, 1L).build());
      Aggregate sums =
          Aggregate.of(
              Filter.EVERYTHING,
              Measure.count(),
              Measure.sum(Attribute.of(Field.TOKENS_USED)),
              Measure.distinct(Attribute.of(Field.SESSION_ID)));
      assertThat(store.aggregate(sums).getFirst().values()).containsExactly(1L, 1L, 1L);
      assertThat(store.forget(SECRET)).isEqualTo(new Forgotten(0, 0));
    }
  }

  @Test
  default void whatWasForgottenDoesNotComeBack() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("a", 0).build(), secret("b", 1).build()));
      store.append(append(Mode.COMPLETE, secret("waits", 5).build()));
      assertThat(store.forget(SECRET)).isEqualTo(new Forgotten(1, 1));
      Event renamed = call("b", 1).build();
      for (Mode mode : Mode.values()) {
        assertThat(
                store.append(
                    append(
                        mode,
                        secret("b", 1).build(),
                        secret("new of it", 2).build(),
                        renamed,
                        call("waits", 5).build())))
            .as(mode.name())
            .isEqualTo(new Appended(0, 0, 0, 0, 4));
      }
      assertThat(store.append(append(Mode.NEW, call("d", 3).build())).inserted()).isOne();
      assertThat(all(store)).containsExactly(call("a", 0).build(), call("d", 3).build());
      assertThat(store.check().setAside()).isZero();
    }
  }

  @Test
  default void byAnotherFilterOnlyTheEventsThemselvesStayAway() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, secret("b", 1).build(), secret("c", 2).build()));
      long cut = secret("c", 2).build().micros();
      assertThat(store.forget(Filter.and(SECRET, Filter.until(cut))).events()).isOne();
      assertThat(store.tombstones())
          .isEqualTo(new Tombstones(Set.of(secret("b", 1).build().id()), Set.of()));
      assertThat(store.append(append(Mode.NEW, secret("d", 0).build())).inserted()).isOne();
    }
  }

  @Test
  default void anotherStoreTakesTheTombstonesOver() {
    try (EventStore store = freshStore();
        EventStore rebuilt = freshStore()) {
      store.append(append(Mode.NEW, secret("b", 1).build(), call("a", 0).build()));
      store.forget(Filter.is(Field.ID, call("a", 0).build().id()));
      store.forget(SECRET);
      rebuilt.forget(store.tombstones().filter());
      assertThat(rebuilt.tombstones()).isEqualTo(store.tombstones());
      assertThat(
              rebuilt.append(
                  append(
                      Mode.NEW,
                      call("a", 0).build(),
                      secret("x", 7).build(),
                      call("y", 8).build())))
          .isEqualTo(new Appended(1, 0, 0, 0, 2));
    }
  }

  @Test
  default void whoeverFollowsIsToldAndMissesNothingBehind() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("a", 0).build(), secret("b", 1).build()));
      Cursor before = store.latest();
      store.forget(SECRET);
      store.append(append(Mode.NEW, call("c", 2).build()));
      Changes.Page page = page(store.changes(before, 10));
      assertThat(page.forgotten()).containsExactly(secret("b", 1).build().id());
      assertThat(page.events()).containsExactly(call("c", 2).build());
      Changes.Page first = page(store.changes(before, 1));
      assertThat(first.forgotten()).hasSize(1);
      assertThat(first.more()).isTrue();
      assertThat(page(store.changes(first.next(), 1)).events())
          .containsExactly(call("c", 2).build());
    }
  }

  @Test
  default void whoeverBeginsIsNotToldOfWhatWasForgottenBefore() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("a", 0).build(), secret("b", 1).build()));
      store.append(append(Mode.NEW, call("c", 2).build()));
      store.forget(SECRET);
      Changes.Page first = page(store.changes(Cursor.BEGINNING, 1));
      assertThat(first.events()).containsExactly(call("a", 0).build());
      Changes.Page second = page(store.changes(first.next(), 5));
      assertThat(second.events()).containsExactly(call("c", 2).build());
      assertThat(second.forgotten()).isEmpty();
      store.forget(Filter.is(Field.ID, call("c", 2).build().id()));
      assertThat(page(store.changes(first.next(), 5)).forgotten()).hasSize(1);
      assertThat(page(store.changes(second.next(), 5)).forgotten()).hasSize(1);
    }
  }

  @Test
  default void sumsAgreeWithTheReferenceAfterForgettingInRandomWorlds() {
    for (long seed = 301; seed < 301 + Math.max(1, some(3)); seed++) {
      RandomWorld world = new RandomWorld(seed, 500);
      try (EventStore store = freshStore();
          EventStore reference = reference()) {
        for (int round = 0; round < 4; round++) {
          EventBatch batch = new EventBatch();
          for (int i = 0; i < 200; i++) {
            batch.add(world.mode(), world.event());
          }
          String as = "seed " + seed + " round " + round;
          assertThat(store.append(new Append(batch)))
              .as(as)
              .isEqualTo(reference.append(new Append(batch)));
          Filter filter = Filter.and(world.filter(2), Filter.not(world.filter(1)));
          assertThat(store.forget(filter)).as(as + filter).isEqualTo(reference.forget(filter));
          AgreementContract.agree(world, store, reference, some(40), as);
        }
        assertThat(store.tombstones()).isEqualTo(reference.tombstones());
      }
    }
  }

  private static List<Event> all(EventStore store) {
    ReadRequest request = ReadRequest.oldestFirst(Filter.EVERYTHING);
    return store.read(request).finish(request);
  }
}
