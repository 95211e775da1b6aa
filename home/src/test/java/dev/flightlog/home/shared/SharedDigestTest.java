package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.home.index.Index;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.digest.Learner;
import dev.flightlog.patterns.digest.Learner.Outcome;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.store.Append;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two machines beside one real store learn of its sessions. */
class SharedDigestTest {
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path folder;
  private Team team;
  private Index anna;
  private Index ben;

  @BeforeEach
  void open() throws IOException {
    team = Team.in(folder);
    anna = Index.open(team.machine("anna"));
    ben = Index.open(team.machine("ben"));
  }

  @AfterEach
  void close() {
    if (anna != null) {
      anna.close();
      ben.close();
    }
  }

  /** Keeps the calls of a session, and tells which sessions it was shown. */
  private static final class Calls implements SessionObserver {
    private final int version;
    final Queue<String> shown = new ConcurrentLinkedQueue<>();

    Calls(int version) {
      this.version = version;
    }

    @Override
    public String name() {
      return "errors";
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
        private int seen;

        @Override
        public void see(Event event) {
          facts.add(
              new ErrorFact(
                  Occasion.of(session, event),
                  event.id(),
                  "Bash",
                  "v" + version,
                  "make",
                  "template",
                  "message " + seen,
                  seen++,
                  0,
                  List.of(),
                  (Change) null,
                  "",
                  "",
                  ""));
        }

        @Override
        public void end() {}
      };
    }
  }

  private static Event call(String session, long minute) {
    return Event.builder(
            EventIds.ofKey(session + " " + minute),
            START.plusSeconds(60 * minute),
            EventTypes.TOOL_CALL,
            Category.EXECUTION)
        .set(Field.SESSION_ID, session)
        .build();
  }

  private static void calls(EventStore store, String session, int from, int to) {
    EventBatch batch = new EventBatch();
    IntStream.range(from, to).forEach(minute -> batch.add(Mode.NEW, call(session, minute)));
    append(store, batch);
  }

  /** The server may think for a moment longer that it is still on its way. */
  private static void append(EventStore store, EventBatch batch) {
    Cursor before = store.latest();
    store.append(new Append(batch));
    await(() -> !store.latest().equals(before));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it comes within a minute").isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Each of them has a call; the later its number, the newer it is. */
  private static void sessions(EventStore store, int sessions) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < sessions; i++) {
      batch.add(Mode.NEW, call("s%04d".formatted(i), i));
    }
    append(store, batch);
  }

  private static Outcome learn(EventStore store, SessionObserver observer) {
    return new Learner(store, List.of(observer)).learn(() -> true, LONG, Digest.Progress.NONE);
  }

  /** How many calls each session has. */
  private static Map<String, Integer> found(LearnedFacts learned) {
    Map<String, Integer> found = new TreeMap<>();
    learned.of("errors").forEach((session, facts) -> found.put(session, facts.size()));
    return found;
  }

  private static Map<String, String> kept(EventStore store) {
    return store.marks("digest:");
  }

  @Test
  void whatOneMachineLearntOthersKnowWithoutReadingASession() {
    calls(anna.store(), "one", 0, 3);
    calls(anna.store(), "two", 0, 1);
    assertThat(learn(anna.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    Calls calls = new Calls(1);
    Digest.Known known = new Digest(ben.store(), List.of(calls)).known();
    assertThat(found(known.facts())).isEqualTo(Map.of("one", 3, "two", 1));
    assertThat(known.behind()).isNull();
    assertThat(calls.shown).isEmpty();
    assertThat(known.facts().of(ErrorFact.class, List.of("two", "none", "one"))).hasSize(4);
  }

  @Test
  void whatCameSinceIsLookedAtInMemoryAlone() {
    calls(anna.store(), "one", 0, 3);
    calls(anna.store(), "two", 0, 1);
    learn(anna.store(), new Calls(1));
    Map<String, String> kept = kept(ben.store());
    Calls calls = new Calls(1);
    Digest digest = new Digest(ben.store(), List.of(calls));
    digest.refresh();
    calls(anna.store(), "two", 1, 2);
    assertThat(found(digest.refresh())).isEqualTo(Map.of("one", 3, "two", 2));
    calls(anna.store(), "three", 0, 1);
    assertThat(found(digest.refresh())).isEqualTo(Map.of("one", 3, "two", 2, "three", 1));
    assertThat(calls.shown).containsExactly("two", "three");
    assertThat(kept(ben.store())).isEqualTo(kept);
    assertThat(learn(anna.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    assertThat(found(new Digest(ben.store(), List.of(calls)).refresh()))
        .isEqualTo(Map.of("one", 3, "two", 2, "three", 1));
    assertThat(calls.shown).containsExactly("two", "three");
  }

  @Test
  void learningThatWasEndedGoesOnElsewhereAndBeginsWithTheNewestSessions() {
    sessions(anna.store(), 450);
    Calls here = new Calls(1);
    Learner first = new Learner(anna.store(), List.of(here));
    assertThat(first.learn(() -> true, Duration.ZERO, Digest.Progress.NONE))
        .isEqualTo(Outcome.PART);
    assertThat(kept(ben.store())).containsKey("digest:facts:errors:s0449").hasSize(202);
    // What comes meanwhile is met afterwards, also in a session that was looked at before.
    calls(ben.store(), "s0449", 1_000, 1_001);
    Calls there = new Calls(1);
    Learner second = new Learner(ben.store(), List.of(there));
    assertThat(second.learn(() -> true, Duration.ZERO, Digest.Progress.NONE))
        .isEqualTo(Outcome.PART);
    assertThat(second.learn(() -> true, LONG, Digest.Progress.NONE)).isEqualTo(Outcome.ALL);
    assertThat(there.shown).doesNotContain("s0400").contains("s0000", "s0449");
    Map<String, Integer> all = found(new Digest(anna.store(), List.of(new Calls(1))).refresh());
    assertThat(all).hasSize(450).containsEntry("s0449", 2).containsEntry("s0000", 1);
    assertThat(kept(anna.store())).doesNotContainKey("digest:pass");
  }

  @Test
  void whoHasLostTheDutyKeepsNothingMore() {
    sessions(anna.store(), 450);
    AtomicInteger asked = new AtomicInteger();
    Learner learner = new Learner(anna.store(), List.of(new Calls(1)));
    assertThat(learner.learn(() -> asked.incrementAndGet() < 4, LONG, Digest.Progress.NONE))
        .isEqualTo(Outcome.LOST);
    Map<String, String> kept = kept(ben.store());
    assertThat(kept.keySet().stream().filter(key -> key.startsWith("digest:facts:"))).hasSize(200);
    assertThat(kept).doesNotContainKey("digest:cursor");
    assertThat(learner.learn(() -> false, LONG, Digest.Progress.NONE)).isEqualTo(Outcome.LOST);
    assertThat(kept(ben.store())).isEqualTo(kept);
    assertThat(learn(ben.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    assertThat(found(new Digest(anna.store(), List.of(new Calls(1))).refresh())).hasSize(450);
  }

  @Test
  void aForgottenSessionIsKnownNoMoreAndOthersAreNotReadAgain() {
    sessions(anna.store(), 300);
    learn(anna.store(), new Calls(1));
    assertThat(anna.store().marks("digest:packs:")).hasSize(1);
    Calls there = new Calls(1);
    Digest open = new Digest(ben.store(), List.of(there));
    assertThat(found(open.refresh())).hasSize(300);
    Cursor before = ben.store().latest();
    ben.store().forget(Filter.is(Field.SESSION_ID, "s0007"));
    await(() -> !ben.store().latest().equals(before));
    assertThat(found(open.refresh())).hasSize(299).doesNotContainKey("s0007");
    assertThat(found(new Digest(ben.store(), List.of(there)).refresh()))
        .hasSize(299)
        .doesNotContainKey("s0007");
    Calls here = new Calls(1);
    assertThat(learn(anna.store(), here)).isEqualTo(Outcome.ALL);
    assertThat(here.shown).isEmpty();
    assertThat(there.shown).isEmpty();
    assertThat(kept(anna.store()))
        .doesNotContainKey("digest:facts:errors:s0007")
        .allSatisfy((_, value) -> assertThat(value).doesNotContain("s0007"));
    assertThat(found(new Digest(ben.store(), List.of(there)).refresh())).hasSize(299);
  }

  @Test
  void packsAreReadWhenTheyBelongTogetherAndMadeAnewWhenManySessionsChanged() {
    sessions(anna.store(), 300);
    learn(anna.store(), new Calls(1));
    Map<String, Integer> all = found(new Digest(ben.store(), List.of(new Calls(1))).refresh());
    assertThat(all).hasSize(300);
    Map<String, String> packs = anna.store().marks("digest:packed:");
    assertThat(packs).hasSize(1);
    for (String key : packs.keySet()) {
      anna.store().append(new Append(new EventBatch(), List.of(new Mark(key, "not ours"))));
    }
    assertThat(found(new Digest(ben.store(), List.of(new Calls(1))).refresh())).isEqualTo(all);
    EventBatch batch = new EventBatch();
    IntStream.range(0, 250).forEach(i -> batch.add(Mode.NEW, call("s%04d".formatted(i), 2_000)));
    append(anna.store(), batch);
    assertThat(learn(anna.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    assertThat(anna.store().markKeys("digest:packed:"))
        .hasSize(1)
        .doesNotContainAnyElementsOf(packs.keySet());
    assertThat(anna.store().markKeys("digest:changed:")).isEmpty();
    all.replaceAll((session, calls) -> session.compareTo("s0250") < 0 ? 2 : 1);
    assertThat(found(new Digest(ben.store(), List.of(new Calls(1))).refresh())).isEqualTo(all);
  }

  @Test
  void eventsForgottenWithoutANameHaveEverythingLookedAtAnew() {
    calls(anna.store(), "one", 0, 3);
    calls(anna.store(), "two", 0, 1);
    learn(anna.store(), new Calls(1));
    long later = START.plusSeconds(30).toEpochMilli() * 1000;
    anna.store().forget(new Filter.Time(later, Long.MAX_VALUE));
    calls(anna.store(), "three", 10, 11);
    Calls calls = new Calls(1);
    assertThat(learn(anna.store(), calls)).isEqualTo(Outcome.PART);
    assertThat(learn(anna.store(), calls)).isEqualTo(Outcome.ALL);
    assertThat(found(new Digest(ben.store(), List.of(calls)).refresh()))
        .isEqualTo(Map.of("one", 1, "two", 1, "three", 1));
  }

  @Test
  void programsOfTwoVersionsDoNotEraseEachOthersFacts() {
    calls(anna.store(), "one", 0, 3);
    assertThat(learn(anna.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    new Learner(ben.store(), List.of(new Calls(2))).tellOfNewer();
    assertThat(learn(anna.store(), new Calls(1)))
        .as("the older one leaves it to the newer")
        .isEqualTo(Outcome.NEWER);
    assertThat(learn(ben.store(), new Calls(2))).isEqualTo(Outcome.ALL);
    Map<String, String> kept = kept(anna.store());
    assertThat(kept.get("digest:facts:errors:one")).contains("v2").doesNotContain("v1");
    assertThat(learn(anna.store(), new Calls(1))).isEqualTo(Outcome.NEWER);
    Digest.Known older = new Digest(anna.store(), List.of(new Calls(1))).known();
    assertThat(found(older.facts())).isEqualTo(Map.of("one", 3));
    assertThat(kept(anna.store())).isEqualTo(kept);
    // A version that was taken back a day ago is not waited for.
    String newest = String.valueOf(kept.get("digest:newest"));
    String old = "1000\n" + newest.substring(newest.indexOf('\n') + 1);
    anna.store().append(new Append(new EventBatch(), List.of(new Mark("digest:newest", old))));
    assertThat(learn(anna.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    assertThat(kept(ben.store()).get("digest:facts:errors:one")).contains("v1");
  }

  @Test
  void muchThatNobodyHasLearntIsToldAndLearntInTheBackgroundUnlessAnotherHasTheDuty()
      throws Exception {
    calls(anna.store(), "first", 0, 1);
    learn(anna.store(), new Calls(1));
    for (int i = 0; i < 12; i++) {
      calls(anna.store(), "s" + i, 0, 1_000);
    }
    Leases leases = ben.store().leases().orElseThrow();
    Lease lease = leases.acquire(Leases.LEARN, "ben", Duration.ofMinutes(1)).orElseThrow();
    Digest digest = Digest.inBackground(anna.store(), List.of(new Calls(1)), 5);
    Digest.Known known = digest.known();
    assertThat(known.behind()).isNotNull();
    assertThat(found(known.facts())).containsOnlyKeys("first");
    Digest question = new Digest(anna.store(), List.of(new Calls(1)));
    assertThat(question.known().behind()).isNotNull();
    assertThat(learn(ben.store(), new Calls(1))).isEqualTo(Outcome.ALL);
    known = digest.known();
    assertThat(known.behind()).as("another one has learnt it meanwhile").isNull();
    assertThat(found(known.facts())).hasSize(13);
    for (int i = 0; i < 12; i++) {
      calls(anna.store(), "t" + i, 0, 1_000);
    }
    assertThat(digest.known().behind()).isNotNull();
    leases.release(lease);
    assertThat(digest.known().behind()).isNotNull();
    await(() -> digest.known().behind() == null);
    assertThat(found(digest.known().facts())).hasSize(25);
    assertThat(found(new Digest(ben.store(), List.of(new Calls(1))).refresh())).hasSize(25);
  }

  @Test
  void aQuestionLearnsForAWhileWhenNobodyElseDoes() {
    for (int i = 0; i < 12; i++) {
      calls(anna.store(), "s" + i, 0, 1_000);
    }
    Digest.Known known = new Digest(anna.store(), List.of(new Calls(1))).known();
    assertThat(known.behind()).isNull();
    assertThat(found(known.facts())).hasSize(12);
    assertThat(kept(ben.store())).containsKey("digest:cursor");
    assertThat(ben.store().leases().orElseThrow().holder(Leases.LEARN)).isEmpty();
  }

  @Test
  void whatDoesNotFitIntoMemoryIsRefusedInsteadOfEndingTheProgram() {
    calls(anna.store(), "one", 0, 3);
    learn(anna.store(), new Calls(1));
    long tooMany = Runtime.getRuntime().maxMemory() / 10_000;
    team.node.query(
        "INSERT INTO "
            + team.database
            + ".marks SELECT '', concat('digest:facts:errors:', toString(number)), '[]', 1 FROM"
            + " numbers("
            + tooMany
            + ")");
    LearnedFacts facts = new Digest(ben.store(), List.of(new Calls(1))).refresh();
    assertThatThrownBy(() -> facts.of("errors"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("MB of memory");
    assertThat(facts.of(ErrorFact.class, List.of("one"))).hasSize(3);
  }

  @Test
  void notesOfAPassThatAreNotOursAreNotGoneBy() {
    calls(anna.store(), "one", 0, 3);
    for (String odd :
        List.of("", "oops", "=x =y 1 =z 2 3 fresh", "a b c d e f g", "= = = = = = =")) {
      anna.store().append(new Append(new EventBatch(), List.of(new Mark("digest:pass", odd))));
      assertThat(learn(anna.store(), new Calls(1))).as(odd).isEqualTo(Outcome.ALL);
      assertThat(found(new Digest(ben.store(), List.of(new Calls(1))).refresh()))
          .isEqualTo(Map.of("one", 3));
    }
  }
}
