package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.search.SearchQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Searching: which events have the words, in which order, and where in them. */
public interface SearchContract extends Stores {

  private static List<String> found(EventStore store, String text) {
    return hits(store, text).stream().map(SearchContract::key).toList();
  }

  private static String key(SearchHit hit) {
    return String.valueOf(hit.event().detail("key"));
  }

  private static List<SearchHit> hits(EventStore store, String text) {
    return store
        .search(Search.newest(SearchQuery.parse(text)), ReadRequest.newestFirst(Filter.EVERYTHING))
        .hits();
  }

  private static Event.Builder said(String key, int second, String text) {
    return call(key, second).details(Map.of("key", key, "message", text));
  }

  /** The texts as events a, b, c …, a second apart. */
  private EventStore storeOf(String... texts) {
    EventStore store = freshStore();
    for (int i = 0; i < texts.length; i++) {
      store.append(append(Mode.NEW, said(String.valueOf((char) ('a' + i)), i, texts[i]).build()));
    }
    return store;
  }

  @Test
  default void aWordIsFoundInAnyCaseAndNotInsideAnother() {
    try (EventStore store =
        storeOf("Permission DENIED: x", "permissions", "denied, permission", "")) {
      assertThat(found(store, "permission")).containsExactly("c", "a");
      assertThat(found(store, "PERMISSION")).containsExactly("c", "a");
      assertThat(found(store, "mission")).isEmpty();
      assertThat(found(store, "x")).containsExactly("a");
      assertThat(found(store, "nowhere")).isEmpty();
    }
  }

  @Test
  default void wordsStandAnywhereAndAPhraseStandsTogether() {
    try (EventStore store = storeOf("permission denied", "denied a permission", "permission")) {
      assertThat(found(store, "permission denied")).containsExactly("b", "a");
      assertThat(found(store, "\"permission denied\"")).containsExactly("a");
      assertThat(found(store, "denied tool_call")).containsExactly("b", "a");
      assertThat(found(store, "\"denied tool_call\"")).isEmpty();
    }
  }

  @Test
  default void aStarFindsWhatAWordBeginsWith() {
    try (EventStore store = storeOf("permission denied", "permissions", "permit den", "per")) {
      assertThat(found(store, "perm*")).containsExactly("c", "b", "a");
      assertThat(found(store, "permission*")).containsExactly("b", "a");
      assertThat(found(store, "\"permission den*\"")).containsExactly("a");
      assertThat(found(store, "p*")).hasSize(4);
      assertThat(found(store, "q*")).isEmpty();
    }
  }

  @Test
  default void signsStandBetweenWordsSoPathsAndIdentifiersArePhrases() {
    try (EventStore store =
        storeOf(
            "/work/src/main/Foo.java:42",
            "Foo of java in src",
            "file_not_read",
            "file not: read")) {
      assertThat(found(store, "src/main/Foo.java")).containsExactly("a");
      assertThat(found(store, "main/foo")).containsExactly("a");
      assertThat(found(store, "Foo.java:42")).containsExactly("a");
      assertThat(found(store, "file_not_read")).containsExactly("d", "c");
      assertThat(found(store, "not_read")).containsExactly("d", "c");
      assertThat(found(store, "&& foo || -")).containsExactly("b", "a");
    }
  }

  @Test
  default void partsOfAnIdentifierAreFoundAsWellAsAllOfIt() {
    try (EventStore store = storeOf("readFileAsText()", "HTTPServer2", "GitHub", "read")) {
      assertThat(found(store, "readfileastext")).containsExactly("a");
      assertThat(found(store, "file text")).containsExactly("a");
      assertThat(found(store, "read")).containsExactly("d", "a");
      assertThat(found(store, "readf*")).containsExactly("a");
      assertThat(found(store, "server*")).containsExactly("b");
      assertThat(found(store, "http")).containsExactly("b");
      assertThat(found(store, "github")).containsExactly("c");
      assertThat(found(store, "as")).isEmpty();
    }
  }

  @Test
  default void lettersOfEveryScriptAreFound() {
    try (EventStore store =
        storeOf("Größe GRÖSSE", "错误:文件不存在", "caf\u00e9", "ファイルが見つかりません", "файл не найден")) {
      assertThat(found(store, "GRÖSSE")).containsExactly("a");
      assertThat(found(store, "文件")).containsExactly("b");
      assertThat(found(store, "文件不存在")).containsExactly("b");
      assertThat(found(store, "件文")).isEmpty();
      assertThat(found(store, "cafe\u0301")).containsExactly("c");
      assertThat(found(store, "ファイル")).containsExactly("d");
      assertThat(found(store, "ФАЙЛ най*")).containsExactly("e");
      assertThat(found(store, "\u212a*")).isEmpty();
    }
  }

  @Test
  default void aFieldSaysWhereAWordIsLookedFor() {
    try (EventStore store = freshStore()) {
      Event bash =
          call("a", 1)
              .set(Field.AGENT_NAME, "planner")
              .set(Field.PROJECT, "web shop")
              .details(
                  Map.of("key", "a", "tool", "Bash", "input", Map.of("command", "cat Read.me")))
              .build();
      Event read =
          call("b", 2)
              .details(
                  Map.of(
                      "key",
                      "b",
                      "tool",
                      "Read",
                      "input",
                      Map.of("file_path", "/work/src/Bash.java")))
              .build();
      store.append(append(Mode.NEW, bash, read));
      assertThat(found(store, "bash")).containsExactly("b", "a");
      assertThat(found(store, "tool:bash")).containsExactly("a");
      assertThat(found(store, "details.tool:Read")).containsExactly("b");
      assertThat(found(store, "input:read")).containsExactly("a");
      assertThat(found(store, "details.input.command:\"cat read\"")).containsExactly("a");
      assertThat(found(store, "file:src/Bash.java")).containsExactly("b");
      assertThat(found(store, "file:read")).isEmpty();
      assertThat(found(store, "agent:plan* project:shop")).containsExactly("a");
      assertThat(found(store, "type:tool_call session:s1 not:tool:bash")).containsExactly("b");
      assertThat(found(store, "tool:bash OR file:src")).containsExactly("b", "a");
      assertThat(found(store, "read not:me")).containsExactly("b");
    }
  }

  @Test
  default void theNewestComeFirstAndAPageGoesOnBehindAPlace() {
    try (EventStore store = freshStore()) {
      for (int i : new int[] {3, 0, 4, 1, 2}) {
        store.append(append(Mode.NEW, said("k" + i, i, "word").build()));
      }
      Search search = Search.newest(SearchQuery.parse("word"));
      ReadRequest two = ReadRequest.newestFirst(Filter.EVERYTHING).limit(2);
      SearchAnswer first = store.search(search, two);
      assertThat(first.hits()).extracting(SearchContract::key).containsExactly("k4", "k3");
      assertThat(first.more()).isTrue();
      SearchAnswer next =
          store.search(search, two.limit(3).after(Position.of(first.hits().getLast().event())));
      assertThat(next.hits()).extracting(SearchContract::key).containsExactly("k2", "k1", "k0");
      assertThat(next.more()).isFalse();
      assertThat(store.search(search, two.limit(0)).hits()).isEmpty();
    }
  }

  @Test
  default void theMostRelevantComeFirstWhenThatIsAskedFor() {
    try (EventStore store =
        storeOf(
            "timeout: timeout again", "a timeout after " + "many words ".repeat(40), "a timeout")) {
      Search search = Search.relevant(SearchQuery.parse("timeout"));
      ReadRequest all = ReadRequest.newestFirst(Filter.EVERYTHING);
      assertThat(store.search(search, all).hits())
          .extracting(SearchContract::key)
          .containsExactly("a", "c", "b");
      SearchAnswer one = store.search(search, all.limit(1));
      assertThat(one.hits()).extracting(SearchContract::key).containsExactly("a");
      assertThat(one.more()).isTrue();
      Position place = new Position(0, "");
      assertThatThrownBy(() -> store.search(search, all.after(place)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.search(search, ReadRequest.oldestFirst(Filter.EVERYTHING)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void aSearchIsNarrowedByTheFiltersOfQuestions() {
    try (EventStore store = storeOf("word", "word", "word größe")) {
      Search search = Search.newest(SearchQuery.parse("word"));
      long start = Timestamps.of(Samples.START);
      Filter early = new Filter.Time(start, start + 2_000_000);
      assertThat(store.search(search, ReadRequest.newestFirst(early)).hits())
          .extracting(SearchContract::key)
          .containsExactly("b", "a");
      Filter other = Filter.is(Field.SESSION_ID, "s2");
      assertThat(store.search(search, ReadRequest.newestFirst(other)).hits()).isEmpty();
      Filter beyondAscii = Filter.anywhere("RÖSS");
      assertThat(store.search(search, ReadRequest.newestFirst(beyondAscii)).hits()).isEmpty();
      assertThat(store.search(search, ReadRequest.newestFirst(Filter.anywhere("GRÖSS"))).hits())
          .isEmpty();
      assertThat(store.search(search, ReadRequest.newestFirst(Filter.anywhere("GRÖ"))).hits())
          .hasSize(1);
    }
  }

  @Test
  default void aHitTellsWhereItStands() {
    try (EventStore store = freshStore()) {
      Event event =
          call("a", 1)
              .details(
                  Map.of("output", "…\nError: Permission  denied (os error 13)", "tool", "Bash"))
              .build();
      store.append(append(Mode.NEW, event));
      SearchHit hit = hits(store, "bash \"permission denied\"").getFirst();
      assertThat(hit.event()).isEqualTo(event);
      assertThat(hits(store, "\"permission denied\"").getFirst().place().found())
          .isEqualTo("Permission  denied");
      assertThat(hits(store, "\"permission denied\"").getFirst().place().path())
          .isEqualTo("details.output");
      assertThat(hits(store, "type:tool_call").getFirst().place().path()).isEqualTo("event_type");
    }
  }

  @Test
  default void anEventThatChangesIsFoundByWhatItSaysNow() {
    try (EventStore store = freshStore()) {
      Event begun = call("t", 0).details(Map.of("key", "t", "input", "make check")).build();
      store.append(append(Mode.MERGE, begun));
      assertThat(found(store, "check")).containsExactly("t");
      assertThat(found(store, "passed")).isEmpty();
      Event done = call("t", 0).details(Map.of("output", "all passed")).build();
      store.append(append(Mode.COMPLETE, done));
      assertThat(found(store, "check passed")).containsExactly("t");
      store.append(append(Mode.MERGE, begun, done));
      assertThat(found(store, "check")).containsExactly("t");
      store.settle();
      store.rollUp();
      assertThat(found(store, "passed")).containsExactly("t");
    }
  }

  @Test
  default void aPartThatWaitsForItsBeginningIsNotFoundYet() {
    try (EventStore store = freshStore()) {
      Event later = call("t", 0).details(Map.of("output", "all passed")).build();
      store.append(append(Mode.COMPLETE, later));
      assertThat(hits(store, "passed")).isEmpty();
      store.append(append(Mode.MERGE, call("t", 0).details(Map.of("key", "t")).build()));
      assertThat(found(store, "passed")).containsExactly("t");
    }
  }

  @Test
  default void whatIsForgottenIsNotFoundAnyMoreAndTheRestIs() {
    try (EventStore store = storeOf("secret plan", "a plan", "secret")) {
      store.settle();
      store.rollUp();
      store.forget(Filter.in(Attribute.of(Field.ID), List.of(EventIds.ofKey("a"))));
      assertThat(found(store, "plan")).containsExactly("b");
      assertThat(found(store, "secret")).containsExactly("c");
      store.settle();
      store.rollUp();
      assertThat(found(store, "plan")).containsExactly("b");
      store.append(append(Mode.NEW, said("d", 9, "another plan").build()));
      assertThat(found(store, "plan")).containsExactly("d", "b");
    }
  }

  @Test
  default void whatIsReleasedToAnArchiveIsNotFoundUntilItIsTakenBack() {
    try (EventStore store = freshStore()) {
      long hour = 3_600_000_000L;
      long start = Timestamps.of(Samples.START) / hour * hour;
      Event old = said("a", 0, "old word").build();
      store.append(append(Mode.NEW, old, said("b", 7200, "new word").build()));
      store.settle();
      store.rollUp();
      store
          .rowReleases()
          .ifPresent(rows -> {
            rows.release(start, start + hour, Set.of(old.id()));
            assertThat(found(store, "word")).containsExactly("b");
            rows.reinstate(start, start + hour, List.of(old).iterator());
            assertThat(found(store, "word")).containsExactly("b", "a");
            store.settle();
            store.rollUp();
            assertThat(found(store, "old")).containsExactly("a");
          });
    }
  }

  @Test
  default void aStoreTellsWhatItsIndexTakes() {
    try (EventStore store = storeOf("one", "two", "three")) {
      store.settle();
      store.rollUp();
      SearchIndex index = store.searchIndex();
      if (index.exists()) {
        assertThat(index.events() + index.waiting()).isEqualTo(3);
        assertThat(index.bytes()).isNotNegative();
      } else {
        assertThat(index).isEqualTo(SearchIndex.NONE);
      }
    }
  }
}
