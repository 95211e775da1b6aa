package dev.flightlog.patterns.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.Change.Kind;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.patterns.facts.RecurringErrors;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new process reads from packs is what is kept of each session, whatever happened since. */
class PackedFactsTest {
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");
  private static final int SESSIONS = 300;

  /** Texts that a pack has to keep as they are. */
  private static final List<String> ODD =
      List.of("", "plain", "two\nlines\tand \u0001", "größer", "\uD83D\uDE80 up", "a|b \"c\" \\");

  @TempDir Path folder;

  /** Makes a fact of each call, from what it says. */
  private record Each(String name, int version, BiFunction<String, Event, Fact> fact)
      implements SessionObserver {
    @Override
    public Filter wanted() {
      return Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL);
    }

    @Override
    public SessionWatch watch(String session, FactCollector facts) {
      return new SessionWatch() {
        @Override
        public void see(Event event) {
          facts.add(fact.apply(session, event));
        }

        @Override
        public void end() {}
      };
    }
  }

  private static List<SessionObserver> observers(int version) {
    return List.of(
        new Each("errors", version, PackedFactsTest::error),
        new Each("interactions", version, PackedFactsTest::interaction));
  }

  private static Fact error(String session, Event event) {
    int number = Integer.parseInt(String.valueOf(event.detail("number")));
    String odd = ODD.get(number % ODD.size());
    return new ErrorFact(
        Occasion.of(session, event),
        event.id(),
        number % 2 == 0 ? "" : "Bash",
        "exit_code_" + number % 3,
        number % 4 == 0 ? "" : "git push",
        odd,
        "message " + odd,
        number,
        number % 30,
        number % 5 == 0 ? List.of(Change.of(Kind.RETRY), Change.of(Kind.ADD_FLAG, odd)) : List.of(),
        number % 7 == 0 ? Change.of(Kind.USE_TOOL, "Re ad") : null,
        number % 7 == 0 ? "success" + number : "",
        "before " + odd,
        number % 7 == 0 ? "after " + odd : "");
  }

  private static Fact interaction(String session, Event event) {
    int number = Integer.parseInt(String.valueOf(event.detail("number")));
    return new InteractionFact(
        Occasion.of(session, event),
        InteractionKind.values()[number % InteractionKind.values().length],
        number % 3 == 0 ? null : ODD.get(number % ODD.size()),
        number % 2 == 0 ? null : (Long) (1000L - number),
        number % 4 == 0 ? null : "said " + ODD.get(number % ODD.size()),
        event.id());
  }

  private static void call(EventBatch batch, String session, int number) {
    Event.Builder event =
        Event.builder(
                EventIds.ofKey(session + ' ' + number),
                START.plusSeconds(number),
                EventTypes.TOOL_CALL,
                Category.EXECUTION)
            .set(Field.SESSION_ID, session)
            .details(Map.of("number", String.valueOf(number)));
    if (number % 3 > 0) {
      event.set(Field.AGENT_NAME, "agent " + number % 3).set(Field.STORY_ID, "1." + number % 2);
    }
    batch.add(Mode.MERGE, event.build());
  }

  private static void calls(EventStore store, String session, int from, int to) {
    EventBatch batch = new EventBatch();
    for (int i = from; i < to; i++) {
      call(batch, session, i);
    }
    store.append(new Append(batch));
  }

  private static void fill(EventStore store) {
    for (int i = 0; i < SESSIONS; i++) {
      calls(store, "session " + i, i, i + 3);
    }
  }

  /** As a new process knows them. */
  private static Map<String, Map<String, List<Fact>>> known(EventStore store, int version) {
    LearnedFacts learned = new Digest(store, observers(version)).refresh();
    Map<String, Map<String, List<Fact>>> all = new TreeMap<>();
    for (String observer : FactPack.OBSERVERS) {
      all.put(observer, learned.of(observer));
    }
    return all;
  }

  /** As it is kept session by session. */
  private static Map<String, Map<String, List<Fact>>> kept(EventStore store) {
    PackedFacts none = new PackedFacts(store, () -> false);
    KeptFacts kept = new KeptFacts(store, none, _ -> List.of());
    Map<String, Map<String, List<Fact>>> all = new TreeMap<>();
    for (String observer : FactPack.OBSERVERS) {
      all.put(observer, kept.sessionBySession(observer));
    }
    return all;
  }

  private static void assertThatPacksTellTheSame(EventStore store, int sessions) {
    Map<String, Map<String, List<Fact>>> known = known(store, 1);
    Map<String, Map<String, List<Fact>>> kept = kept(store);
    assertThat(known.equals(kept)).isTrue();
    assertThat(kept.get("errors")).hasSize(sessions);
    assertThat(kept.get("interactions")).hasSize(sessions);
    assertThatSumsTellTheSame(store);
  }

  /** What a new process says of what recurs is what the facts of all sessions say. */
  private static void assertThatSumsTellTheSame(EventStore store) {
    RecurringErrors recurring = new Digest(store, observers(1)).refresh().recurringErrors();
    List<ErrorFact> facts = new ArrayList<>();
    kept(store)
        .getOrDefault("errors", Map.of())
        .values()
        .forEach(session -> facts.addAll(KeptSums.errors(session)));
    RecurringErrors expected = RecurringErrors.of(facts);
    assertThat(recurring.errors()).isEqualTo(expected.errors());
    assertThat(recurring.sequences()).isEqualTo(expected.sequences());
    for (String type : List.of("exit_code_0", "exit_code_1", "of nothing")) {
      Predicate<ErrorKind> wanted = kind -> kind.errorType().equals(type);
      assertThat(new Digest(store, observers(1)).refresh().errors(wanted))
          .isEqualTo(facts.stream().filter(each -> wanted.test(each.kind())).toList());
    }
  }

  /** As it is kept, without a look at all facts; null when it is not. */
  private static @Nullable RecurringErrors keptSums(EventStore store) {
    return new Digest(store, observers(1)).refresh().source().recurring();
  }

  private List<EventStore> stores() {
    return List.of(new MemoryStore(), SqliteStore.open(folder.resolve("events.db")));
  }

  @Test
  void factsOfPacksAreThoseOfTheirSessions() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        known(store, 1);
        assertThat(store.marks("digest:packs:")).hasSize(2);
        assertThatPacksTellTheSame(store, SESSIONS);
      }
    }
  }

  @Test
  void fewSessionsAreNotPacked() {
    EventStore store = new MemoryStore();
    calls(store, "one", 0, 5);
    known(store, 1);
    assertThat(store.marks("digest:packs:")).isEmpty();
    assertThatPacksTellTheSame(store, 1);
  }

  @Test
  void whatChangedSinceIsReadByItselfUntilItIsMuch() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        known(store, 1);
        Map<String, String> packs = store.marks("digest:packed:");

        calls(store, "session 7", 20, 25);
        calls(store, "session new", 0, 4);
        assertThatPacksTellTheSame(store, SESSIONS + 1);
        assertThat(store.marks("digest:changed:errors:")).hasSize(2);
        assertThat(store.marks("digest:packed:")).isEqualTo(packs);

        for (int i = 0; i < SESSIONS; i++) {
          calls(store, "session " + i, 100, 101);
        }
        assertThatPacksTellTheSame(store, SESSIONS + 1);
        assertThat(store.marks("digest:changed:")).isEmpty();
        assertThat(store.marks("digest:packed:")).isNotEqualTo(packs);
        assertThatPacksTellTheSame(store, SESSIONS + 1);
      }
    }
  }

  @Test
  void anEventThatChangedChangesWhatIsKnown() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    EventBatch batch = new EventBatch();
    batch.add(
        Mode.COMPLETE,
        Event.builder(
                EventIds.ofKey("session 7 8"),
                START.plusSeconds(8),
                EventTypes.TOOL_CALL,
                Category.EXECUTION)
            .set(Field.SESSION_ID, "session 7")
            .set(Field.STORY_ID, "told later")
            .details(Map.of("number", "8"))
            .build());
    store.append(new Append(batch));
    assertThatPacksTellTheSame(store, SESSIONS);
    assertThat(known(store, 1).getOrDefault("errors", Map.of()).get("session 7"))
        .extracting(Fact::story)
        .contains("told later");
  }

  @Test
  void whatWasForgottenIsInNoPack() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        known(store, 1);
        store.forget(Filter.is(Field.SESSION_ID, "session 7"));
        assertThatPacksTellTheSame(store, SESSIONS - 1);
        assertThatPacksTellTheSame(store, SESSIONS - 1);
        assertThat(known(store, 1).get("errors")).doesNotContainKey("session 7");
        assertThat(store.marks("digest:"))
            .allSatisfy((_, value) -> assertThat(value).doesNotContain("session 7:"));
      }
    }
  }

  @Test
  void aNewVersionOfAnObserverLeavesNoOldPack() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    store.append(
        new Append(
            new EventBatch(),
            List.of(new Mark("digest:packed:errors:00009", "of the old version"))));
    assertThat(known(store, 2)).isEqualTo(kept(store));
    assertThat(store.marks("digest:packed:errors:00009")).isEmpty();
    assertThat(known(store, 2)).isEqualTo(kept(store));
  }

  @Test
  void packsThatAreNotOursAreMadeAnew() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    for (String broken : List.of("", "oops", "\u00ff\u00ff", "zzzzzzzzzzzzzzzzzzzzzzzz")) {
      Map<String, String> packs = store.marks("digest:packed:errors:");
      List<Mark> marks = new ArrayList<>();
      packs.keySet().forEach(key -> marks.add(new Mark(key, broken)));
      store.append(new Append(new EventBatch(), marks));
      assertThatPacksTellTheSame(store, SESSIONS);
      assertThat(store.marks("digest:packed:errors:")).isEqualTo(packs);
    }
    store.append(
        new Append(new EventBatch(), List.of(new Mark("digest:packs:errors", "99 1 other"))));
    assertThatPacksTellTheSame(store, SESSIONS);
    assertThat(store.marks("digest:packs:errors").get("digest:packs:errors"))
        .startsWith(FactPack.VERSION + " 1 ");
  }

  @Test
  void aStoreOpenedForReadingIsAnsweredFromItsPacks() {
    Path file = folder.resolve("events.db");
    try (EventStore store = SqliteStore.open(file)) {
      fill(store);
      known(store, 1);
    }
    try (EventStore store = SqliteStore.openForReading(file)) {
      assertThatPacksTellTheSame(store, SESSIONS);
    }
  }

  @Test
  void whatRecursIsKeptBesidePacks() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        assertThat(keptSums(store)).isNull();
        known(store, 1);
        assertThat(keptSums(store)).isNotNull();
        assertThatSumsTellTheSame(store);
      }
    }
  }

  @Test
  void aSessionThatGoesOnIsInWhatRecursAtOnce() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        known(store, 1);
        List<RecurringErrors.Met> before = Objects.requireNonNull(keptSums(store)).errors();
        calls(store, "session 7", 400, 425);
        calls(store, "session new", 0, 4);
        RecurringErrors now = Objects.requireNonNull(keptSums(store));
        assertThat(now.errors()).isNotEqualTo(before);
        assertThatSumsTellTheSame(store);
      }
    }
  }

  @Test
  void whatASessionThatIsForgottenGaveDoesNotRecur() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        known(store, 1);
        store.forget(Filter.is(Field.SESSION_ID, "session 299"));
        assertThat(keptSums(store)).isNull();
        assertThatSumsTellTheSame(store);
        assertThat(keptSums(store)).isNotNull();
        assertThatSumsTellTheSame(store);
      }
    }
  }

  @Test
  void anotherVersionOfAnObserverUsesNothingThatIsKept() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    assertThat(new Digest(store, observers(2)).refresh().source().recurring()).isNull();
    assertThat(store.marks("digest:sums:")).isEmpty();
  }

  @Test
  void sumsOfOtherPacksAreNotUsed() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    Map<String, String> sums = store.marks("digest:sums:");
    List<Mark> old = new ArrayList<>();
    sums.forEach((key, value) -> old.add(new Mark(key, value)));
    // Another process packs anew, and what it added up is lost.
    for (int i = 0; i < SESSIONS; i++) {
      calls(store, "session " + i, 600, 601);
    }
    known(store, 1);
    assertThat(store.marks("digest:sums:")).isNotEqualTo(sums);
    store.append(new Append(new EventBatch(), old));
    assertThat(keptSums(store)).isNull();
    assertThatSumsTellTheSame(store);
  }

  @Test
  void sumsThatAreNotOursAreMadeAnew() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    Map<String, String> sums = store.marks("digest:sums:");
    String whole = sums.getOrDefault("digest:sums:errors", "");
    String head = whole.substring(0, whole.indexOf('\n') + 1);
    for (String broken :
        List.of("", "oops", head + "zzzz", head + "~", whole.substring(0, whole.length() / 2))) {
      store.append(new Append(new EventBatch(), List.of(new Mark("digest:sums:errors", broken))));
      assertThat(keptSums(store)).isNull();
      assertThatSumsTellTheSame(store);
      assertThat(store.marks("digest:sums:")).isEqualTo(sums);
      assertThat(keptSums(store)).isNotNull();
    }
  }

  @Test
  void aPackThatCannotBeReadGivesNothingBack() {
    EventStore store = new MemoryStore();
    fill(store);
    known(store, 1);
    calls(store, "session 7", 400, 425);
    store.append(
        new Append(new EventBatch(), List.of(new Mark("digest:packed:errors:00000", "zzzz"))));
    assertThat(keptSums(store)).isNull();
    assertThatSumsTellTheSame(store);
  }

  @Test
  void errorsOfAKindAreTakenFromPacksAndFromWhatChangedSince() {
    for (EventStore store : stores()) {
      try (store) {
        fill(store);
        LearnedFacts.Source nothing = new Digest(store, observers(1)).refresh().source();
        assertThat(nothing.errors(_ -> true)).isNull();
        known(store, 1);
        calls(store, "session 7", 400, 425);
        calls(store, "session new", 0, 4);
        LearnedFacts.Source source = new Digest(store, observers(1)).refresh().source();
        assertThat(source.errors(_ -> true)).isEqualTo(kept(store).get("errors"));
        assertThat(source.errors(_ -> false)).isEmpty();
        assertThatSumsTellTheSame(store);
      }
    }
  }
}
