package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is new: nothing missed, nothing twice. */
public interface ChangesContract extends Stores {

  @Test
  default void whatArrivesIsToldInTheOrderOfArrival() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("late", 100).build()));
      store.append(append(Mode.NEW, call("early", 0).build()));
      Changes.Page first = page(store.changes(Cursor.BEGINNING, 10));
      assertThat(first.events())
          .containsExactly(call("late", 100).build(), call("early", 0).build());
      assertThat(first.more()).isFalse();
      assertThat(page(store.changes(first.next(), 10)).events()).isEmpty();
      store.append(append(Mode.NEW, call("late", 100).build(), call("c", 50).build()));
      assertThat(page(store.changes(first.next(), 10)).events())
          .containsExactly(call("c", 50).build());
    }
  }

  @Test
  default void anEventThatChangesArrivesAgainAndOnlyOnce() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.MERGE, call("a", 0).build(), call("b", 1).build()));
      Cursor before = store.latest();
      Event whole = call("a", 0).set(Field.SUCCESS, true).build();
      store.append(append(Mode.MERGE, whole, call("b", 1).build()));
      assertThat(page(store.changes(before, 10)).events()).containsExactly(whole);
      assertThat(page(store.changes(Cursor.BEGINNING, 10)).events())
          .containsExactly(call("b", 1).build(), whole);
    }
  }

  @Test
  default void aPartThatWaitsArrivesWithItsBeginning() {
    try (EventStore store = freshStore()) {
      Event end = call("a", 0).set(Field.SUCCESS, true).build();
      store.append(append(Mode.COMPLETE, end));
      Changes.Page nothing = page(store.changes(Cursor.BEGINNING, 10));
      assertThat(nothing.events()).isEmpty();
      store.append(append(Mode.MERGE, call("a", 0).build()));
      assertThat(page(store.changes(nothing.next(), 10)).events()).containsExactly(end);
    }
  }

  @Test
  default void pagesJoinWithoutGapOrOverlap() {
    try (EventStore store = freshStore()) {
      List<Event> all = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        all.add(call("a" + i, i).build());
        store.append(append(Mode.NEW, all.getLast()));
      }
      assertThat(page(store.changes(Cursor.BEGINNING, 25)).more()).isFalse();
      List<Event> walked = new ArrayList<>();
      Changes.Page page = page(store.changes(Cursor.BEGINNING, 4));
      for (; page.more(); page = page(store.changes(page.next(), 4))) {
        assertThat(page.events()).hasSize(4);
        walked.addAll(page.events());
      }
      walked.addAll(page.events());
      assertThat(walked).isEqualTo(all);
    }
  }

  @Test
  default void whoStopsWithinAPageGoesOnThere() {
    try (EventStore store = freshStore()) {
      for (int i = 0; i < 12; i++) {
        store.append(append(Mode.MERGE, call("a" + i, i).build()));
      }
      store.append(append(Mode.MERGE, call("a3", 3).set(Field.SUCCESS, true).build()));
      Filter some = Filter.not(Filter.is(Field.SUCCESS, false));
      Changes.Page page = page(store.changes(Cursor.BEGINNING, some, 9));
      for (int i = 0; i < page.events().size(); i++) {
        Changes.Page rest = page(store.changes(page.places().behind(i), some, 100));
        List<Event> all = new ArrayList<>(page.events().subList(0, i + 1));
        all.addAll(rest.events());
        assertThat(all)
            .as("behind event %s", i)
            .isEqualTo(page(store.changes(Cursor.BEGINNING, some, 100)).events());
      }
    }
  }

  @Test
  default void aFilterPassesOverTheOthersForGood() {
    try (EventStore store = freshStore()) {
      Filter failed = Filter.is(Field.SUCCESS, false);
      Filter named = new Filter.Contains(dev.flightlog.store.Attribute.of(Field.AGENT_NAME), "É");
      Event one = call("b", 1).set(Field.SUCCESS, false).set(Field.AGENT_NAME, "rené").build();
      store.append(append(Mode.NEW, call("a", 0).build(), one, call("c", 2).build()));
      assertThat(page(store.changes(Cursor.BEGINNING, named, 5)).events()).containsExactly(one);
      Changes.Page page = page(store.changes(Cursor.BEGINNING, failed, 1));
      assertThat(page.events()).containsExactly(one);
      assertThat(page.more()).isFalse();
      assertThat(page.next()).isEqualTo(store.latest());
    }
  }

  @Test
  default void aCursorOfAnotherStoreIsUnknown() {
    try (EventStore store = freshStore();
        EventStore other = freshStore()) {
      other.append(append(Mode.NEW, call("a", 0).build()));
      for (Cursor bad :
          List.of(other.latest(), new Cursor("x"), new Cursor(store.latest() + "999"))) {
        assertThat(store.changes(bad, 10))
            .isInstanceOfSatisfying(
                Changes.Unknown.class, unknown -> assertThat(unknown.why()).hasSizeGreaterThan(10));
      }
    }
  }

  @Test
  default void aReaderThatFollowsEndsWithEverythingAndSawNoStateTwice() throws Exception {
    try (EventStore store = freshStore();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> writers = new ArrayList<>();
      int appends = Math.max(10, some(60));
      for (int t = 0; t < 2; t++) {
        RandomWorld world = new RandomWorld(7 + t, 300);
        writers.add(
            threads.submit(() -> {
              for (int i = 0; i < appends; i++) {
                EventBatch batch = new EventBatch();
                for (int n = 1 + world.below(12); n > 0; n--) {
                  batch.add(world.mode(), world.event());
                }
                store.append(new Append(batch));
              }
            }));
      }
      Follower follower = new Follower(store);
      while (!writers.stream().allMatch(Future::isDone)) {
        follower.step(5);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      while (follower.step(5)) {
        // What was appended last.
      }
      assertThat(follower.known).isEqualTo(kept(store));
    }
  }

  /** Keeps what it was told. */
  final class Follower {
    final Map<String, Event> known = new HashMap<>();
    private final EventStore store;
    private Cursor at = Cursor.BEGINNING;

    Follower(EventStore store) {
      this.store = store;
    }

    boolean step(int most) {
      Changes.Page page = page(store.changes(at, most));
      for (Event event : page.events()) {
        assertThat(known.put(event.id(), event)).as("told before").isNotEqualTo(event);
      }
      page.forgotten().forEach(known::remove);
      at = page.next();
      return page.more();
    }
  }

  /** The page, which it must be. */
  static Changes.Page page(Changes changes) {
    assertThat(changes).isInstanceOf(Changes.Page.class);
    return (Changes.Page) changes;
  }

  private static Map<String, Event> kept(EventStore store) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    Map<String, Event> events = new HashMap<>();
    store.read(all).finish(all).forEach(event -> events.put(event.id(), event));
    return events;
  }
}
