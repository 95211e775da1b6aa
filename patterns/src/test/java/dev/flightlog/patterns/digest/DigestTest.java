package dev.flightlog.patterns.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.patterns.facts.RepeatFact;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");

  @TempDir Path folder;

  /** Keeps the tools of a session in their order, and counts the sessions it was shown. */
  private static class Order implements SessionObserver {
    private final int version;
    private final List<String> shown = new ArrayList<>();

    Order(int version) {
      this.version = version;
    }

    @Override
    public String name() {
      return "repeats";
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public Filter wanted() {
      return Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL);
    }

    @Override
    public SessionWatch watch(String session, FactCollector facts) {
      shown.add(session);
      return new SessionWatch() {
        private String tools = "";

        @Override
        public void see(Event event) {
          tools += event.detail("tool");
          long worked = Boolean.TRUE.equals(event.flag(Field.SUCCESS)) ? 1 : 0;
          facts.add(new RepeatFact(Occasion.of(session, event), tools, "", worked, 0, event.id()));
        }

        @Override
        public void end() {}
      };
    }
  }

  private static Event.Builder call(String key, String session, long minute, String tool) {
    return Event.builder(
            EventIds.ofKey(key),
            START.plusSeconds(60 * minute),
            EventTypes.TOOL_CALL,
            Category.EXECUTION)
        .set(Field.SESSION_ID, session)
        .set(Field.AGENT_NAME, "main")
        .details(Map.of("tool", tool));
  }

  private static void keep(EventStore store, Mode mode, Event.Builder... events) {
    EventBatch batch = new EventBatch();
    for (Event.Builder event : events) {
      batch.add(mode, event.build());
    }
    store.append(new Append(batch));
  }

  private static String found(LearnedFacts learned) {
    StringBuilder out = new StringBuilder();
    learned
        .of("repeats")
        .forEach((session, facts) -> {
          RepeatFact last = (RepeatFact) facts.getLast();
          out.append(session).append(' ').append(last.tool()).append(' ').append(last.times());
          out.append(' ').append(last.agent()).append(';');
        });
    return out.toString();
  }

  private static void fill(EventStore store) {
    keep(
        store,
        Mode.MERGE,
        call("b", "one", 2, "B"),
        call("a", "one", 1, "A"),
        call("c", "two", 3, "C"),
        call("d", "three", 60 * 30, "D"));
  }

  @Test
  void eachSessionIsShownInTheOrderOfTime() {
    EventStore store = new MemoryStore();
    fill(store);
    assertThat(found(new Digest(store, List.of(new Order(1))).refresh()))
        .isEqualTo("one AB 0 main;three D 0 main;two C 0 main;");
  }

  @Test
  void onlySessionsThatChangedAreReadAgain() {
    EventStore store = new MemoryStore();
    fill(store);
    Order order = new Order(1);
    Digest digest = new Digest(store, List.of(order));
    digest.refresh();
    digest.refresh();
    assertThat(order.shown).containsExactly("one", "three", "two");
    order.shown.clear();
    keep(store, Mode.MERGE, call("e", "three", 60 * 30 + 1, "E"));
    assertThat(found(digest.refresh())).isEqualTo("one AB 0 main;three DE 0 main;two C 0 main;");
    assertThat(order.shown).containsExactly("three");
  }

  /** Keeps the last tool of a session and how many calls it was shown in the order of time. */
  private static final class Last implements SessionObserver {
    @Override
    public String name() {
      return "repeats";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Filter wanted() {
      return Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL);
    }

    @Override
    public SessionWatch watch(String session, FactCollector facts) {
      return new SessionWatch() {
        private @Nullable Event last;
        private long inOrder;

        @Override
        public void see(Event event) {
          inOrder += last == null || last.micros() <= event.micros() ? 1 : 0;
          last = event;
        }

        @Override
        public void end() {
          Event seen = last;
          if (seen != null) {
            String tool = String.valueOf(seen.detail("tool"));
            facts.add(new RepeatFact(Occasion.of(session, seen), tool, "", inOrder, 0, seen.id()));
          }
        }
      };
    }
  }

  @Test
  void manySessionsThatSeveralThreadsLookAtAreEachShownWhole() {
    EventStore store = new MemoryStore();
    StringBuilder expected = new StringBuilder();
    for (int session = 0; session < 30; session++) {
      EventBatch batch = new EventBatch();
      String name = "s%02d".formatted(session);
      for (int i = 799; i >= 0; i--) {
        batch.add(Mode.NEW, call(name + i, name, i, "t" + i).build());
      }
      store.append(new Append(batch));
      expected.append(name).append(" t799 800 main;");
    }
    long[] shown = new long[2];
    Digest digest = new Digest(store, List.of(new Last()));
    LearnedFacts learned =
        digest.refresh((done, total) -> {
          assertThat(done).isGreaterThan(shown[0]);
          shown[0] = done;
          shown[1] = total;
        });
    assertThat(found(learned)).isEqualTo(expected.toString());
    assertThat(shown).containsExactly(24_000, 24_000);
    assertThat(found(new Digest(store, List.of(new Last())).refresh()))
        .isEqualTo(expected.toString());
  }

  @Test
  void aResultThatComesLaterIsNoticed() {
    EventStore store = new MemoryStore();
    fill(store);
    Digest digest = new Digest(store, List.of(new Order(1)));
    digest.refresh();
    keep(store, Mode.COMPLETE, call("b", "one", 2, "B").set(Field.SUCCESS, true));
    assertThat(found(digest.refresh())).startsWith("one AB 1 main;");
  }

  @Test
  void anotherProcessGoesOnWithWhatIsKept() {
    Path file = folder.resolve("events.db");
    try (EventStore store = SqliteStore.open(file)) {
      fill(store);
      new Digest(store, List.of(new Order(1))).refresh();
    }
    Order order = new Order(1);
    try (EventStore store = SqliteStore.open(file)) {
      keep(store, Mode.MERGE, call("f", "two", 4, "F"));
      assertThat(found(new Digest(store, List.of(order)).refresh()))
          .isEqualTo("one AB 0 main;three D 0 main;two CF 0 main;");
    }
    assertThat(order.shown).containsExactly("two");
  }

  @Test
  void anObserverThatChangedReadsEverythingAgain() {
    EventStore store = new MemoryStore();
    fill(store);
    new Digest(store, List.of(new Order(1))).refresh();
    Order order = new Order(2);
    new Digest(store, List.of(order)).refresh();
    assertThat(order.shown).hasSize(3);
    assertThat(store.marks("digest:facts:")).hasSize(3);
  }

  @Test
  void whatWasForgottenIsKnownNoMore() {
    for (EventStore store :
        List.of(new MemoryStore(), SqliteStore.open(folder.resolve("forget.db")))) {
      try (store) {
        fill(store);
        Digest digest = new Digest(store, List.of(new Order(1)));
        digest.refresh();
        store.forget(Filter.is(Field.SESSION_ID, "one"));
        assertThat(found(digest.refresh())).isEqualTo("three D 0 main;two C 0 main;");
        assertThat(found(new Digest(store, List.of(new Order(1))).refresh()))
            .isEqualTo("three D 0 main;two C 0 main;");
        assertThat(store.marks("digest:facts:")).hasSize(2);
      }
    }
  }

  @Test
  void marksOfAnEarlierFormAreReplaced() {
    EventStore store = new MemoryStore();
    fill(store);
    store.append(
        new Append(
            new EventBatch(),
            List.of(
                new Mark("digest:observers", "repeats 1\n"),
                new Mark("digest:days", "0 4,4,0,,1\n"),
                new Mark("digest:hours:0", "0 4,4,0,,1\n"),
                new Mark("digest:facts:repeats:one", "[[1,null,null,\"old\"]]"))));
    assertThat(found(new Digest(store, List.of(new Order(1))).refresh()))
        .isEqualTo("one AB 0 main;three D 0 main;two C 0 main;");
    assertThat(store.marks("digest:days")).isEmpty();
    assertThat(store.marks("digest:hours:")).isEmpty();
  }

  @Test
  void aStoreOpenedForReadingIsAnsweredFromMemory() {
    Path file = folder.resolve("events.db");
    try (EventStore store = SqliteStore.open(file)) {
      fill(store);
    }
    try (EventStore store = SqliteStore.openForReading(file)) {
      Digest digest = new Digest(store, List.of(new Order(1)));
      assertThat(found(digest.refresh())).isEqualTo("one AB 0 main;three D 0 main;two C 0 main;");
      assertThat(store.marks("digest:")).isEmpty();
    }
  }

  @Test
  void marksThatAreNotOursAreReplaced() {
    EventStore store = new MemoryStore();
    fill(store);
    new Digest(store, List.of(new Order(1))).refresh();
    store.append(
        new Append(new EventBatch(), List.of(new Mark("digest:facts:repeats:one", "{\"no\":1}"))));
    assertThat(found(new Digest(store, List.of(new Order(1))).refresh()))
        .isEqualTo("one AB 0 main;three D 0 main;two C 0 main;");
    assertThat(store.marks("digest:facts:repeats:one").values())
        .singleElement()
        .asString()
        .startsWith("[[");
  }

  @Test
  void aSessionWithTooMuchToTellIsKnownAsCut() {
    EventStore store = new MemoryStore();
    Event.Builder[] many = new Event.Builder[FactCollector.MOST + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = call("m" + i, "long", i, "x".repeat(Fact.LONGEST));
    }
    keep(store, Mode.MERGE, many);
    LearnedFacts learned = new Digest(store, List.of(new Order(1))).refresh();
    assertThat(learned.cutSessions()).containsExactly("long");
    assertThat(learned.of("repeats").get("long")).hasSize(FactCollector.MOST);
    LearnedFacts again = new Digest(store, List.of(new Order(1))).refresh();
    assertThat(again.cutSessions()).isEqualTo(learned.cutSessions());
    assertThat(again.of("repeats")).isEqualTo(learned.of("repeats"));
  }

  @Test
  void anEventThatAnObserverCannotStandCostsItsSessionOnly() {
    EventStore store = new MemoryStore();
    fill(store);
    SessionObserver broken =
        new Order(1) {
          @Override
          public SessionWatch watch(String session, FactCollector facts) {
            SessionWatch watch = super.watch(session, facts);
            return new SessionWatch() {
              @Override
              public void see(Event event) {
                watch.see(event);
                if ("C".equals(event.detail("tool"))) {
                  throw new IllegalStateException("cannot stand it");
                }
              }

              @Override
              public void end() {}
            };
          }
        };
    LearnedFacts learned = new Digest(store, List.of(broken)).refresh();
    assertThat(found(learned)).isEqualTo("one AB 0 main;three D 0 main;two C 0 main;");
    assertThat(learned.cutSessions()).containsExactly("two");
  }

  @Test
  void anEmptyStoreHasNothingToTell() {
    LearnedFacts learned = new Digest(new MemoryStore(), List.of(new Order(1))).refresh();
    assertThat(found(learned)).isEmpty();
    assertThat(learned.of("no such observer")).isEmpty();
  }

  /** Stands still in the first session until it may go on. */
  private static final class Slow extends Order {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    Slow() {
      super(1);
    }

    @Override
    public SessionWatch watch(String session, FactCollector facts) {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.watch(session, facts);
    }
  }

  @Test
  void whatTakesLongIsLearntInTheBackgroundWhileAnswersTellWhatIsMissing()
      throws InterruptedException {
    try (EventStore store = SqliteStore.open(folder.resolve("events_index.db"))) {
      fill(store);
      Slow slow = new Slow();
      Digest digest = Digest.inBackground(store, List.of(slow), 3);
      Digest.Known first = digest.known();
      assertThat(found(first.facts())).isEmpty();
      assertThat(first.behind()).isNotNull();
      slow.begun.await();
      assertThat(digest.known().behind()).isNotNull();
      slow.goOn.countDown();
      digest.awaitBackground();
      Digest.Known whole = digest.known();
      assertThat(whole.behind()).isNull();
      assertThat(found(whole.facts())).isEqualTo("one AB 0 main;three D 0 main;two C 0 main;");
    }
  }

  @Test
  void fewEventsAreLookedAtBeforeTheAnswerAndMoreThanThatLeaveWhatWasKnown()
      throws InterruptedException {
    try (EventStore store = SqliteStore.open(folder.resolve("events_index.db"))) {
      fill(store);
      Digest digest = Digest.inBackground(store, List.of(new Order(1)), 4);
      assertThat(digest.known().behind()).isNull();
      keep(store, Mode.MERGE, call("e", "three", 60 * 31, "E"));
      assertThat(found(digest.known().facts())).contains("three DE");
      keep(
          store,
          Mode.MERGE,
          call("f", "one", 5, "F"),
          call("g", "two", 6, "G"),
          call("h", "three", 60 * 32, "H"));
      Digest.Known meanwhile = digest.known();
      assertThat(meanwhile.behind()).isNotNull();
      assertThat(found(meanwhile.facts())).contains("one AB 0").contains("three DE 0");
      digest.awaitBackground();
      assertThat(digest.known().behind()).isNull();
      assertThat(found(digest.known().facts())).contains("one ABF").contains("three DEH");
    }
  }

  @Test
  void theFactsOfFewSessionsAreReadAlone() {
    try (EventStore store = SqliteStore.open(folder.resolve("events_index.db"))) {
      fill(store);
      keep(store, Mode.MERGE, call("i", "on", 2, "I"));
      new Digest(store, List.of(new Order(1))).refresh();
      LearnedFacts later = new Digest(store, List.of(new Order(1))).refresh();
      assertThat(later.of(RepeatFact.class, List.of("two", "on", "nowhere")))
          .extracting(RepeatFact::tool)
          .containsExactly("C", "I");
      assertThat(later.of("repeats")).containsOnlyKeys("on", "one", "three", "two");
      assertThat(later.of(RepeatFact.class, List.of("two")))
          .extracting(RepeatFact::tool)
          .containsExactly("C");
    }
  }
}
