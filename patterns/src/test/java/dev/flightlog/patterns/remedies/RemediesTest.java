package dev.flightlog.patterns.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemediesTest {
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");

  @TempDir Path folder;

  private final EventBatch batch = new EventBatch();
  private String session = "s0";
  private int minute;

  private void call(String tool, @Nullable String error, String... arguments) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      input.put(arguments[i], arguments[i + 1]);
    }
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("tool", tool);
    details.put("input", input);
    if (error != null) {
      details.put("error_type", error);
      details.put("message", "it failed: " + error);
    }
    minute++;
    batch.add(
        Mode.NEW,
        Event.builder(
                EventIds.ofKey(session + minute),
                START.plusSeconds(60L * minute),
                EventTypes.TOOL_CALL,
                Category.EXECUTION)
            .set(Field.SESSION_ID, session)
            .set(Field.SUCCESS, error == null)
            .set(Field.DURATION_MS, 5L)
            .details(details)
            .build());
  }

  private void shell(@Nullable String error, String command) {
    call("Bash", error, "command", command);
  }

  private static List<ErrorFact> cases(EventStore store) {
    return new Digest(store, List.of(new ErrorObserver())).refresh().all(ErrorFact.class);
  }

  private List<ErrorFact> cases() {
    EventStore store = new MemoryStore();
    store.append(new Append(batch));
    return cases(store);
  }

  private String remedy() {
    ErrorFact first = cases().getFirst();
    Change remedy = first.change();
    return remedy == null ? "none" : remedy.key();
  }

  @Test
  void aFileThatWasNotReadIsReadFirst() {
    call(
        "Edit",
        "file_not_read",
        "file_path",
        "/a/b.go",
        "old_string",
        "x",
        "new_string",
        "the new");
    call("Read", null, "file_path", "/a/b.go");
    call("Edit", null, "file_path", "/a/b.go", "old_string", "x", "new_string", "the new");
    assertThat(remedy()).isEqualTo("READ_FIRST");
  }

  @Test
  void aTextThatWasNotFoundIsReadAgain() {
    call(
        "Edit",
        "string_not_found",
        "file_path",
        "/a/b.go",
        "old_string",
        "x  y",
        "new_string",
        "the new text");
    call("Read", null, "file_path", "/a/b.go", "offset", "10");
    call("Edit", null, "file_path", "/a/b.go", "old_string", "x y", "new_string", "the new text");
    assertThat(remedy()).isEqualTo("READ_AGAIN");
  }

  @Test
  void aTextThatIsThereTwiceIsReplacedEverywhereOrMadeLonger() {
    call(
        "Edit",
        "string_not_unique",
        "file_path",
        "/f",
        "old_string",
        "ab",
        "new_string",
        "word one",
        "replace_all",
        "false");
    call(
        "Edit",
        null,
        "file_path",
        "/f",
        "old_string",
        "ab",
        "new_string",
        "word one",
        "replace_all",
        "true");
    session = "s1";
    call(
        "Edit",
        "string_not_unique",
        "file_path",
        "/f",
        "old_string",
        "ab",
        "new_string",
        "word one");
    call(
        "Edit",
        null,
        "file_path",
        "/f",
        "old_string",
        "before ab",
        "new_string",
        "before word one");
    assertThat(cases())
        .extracting(each -> each.change() == null ? "" : each.change().key())
        .containsExactly("SET_ARGUMENT replace_all=true", "LONGER_TEXT old_string");
  }

  @Test
  void anotherEditOfTheSameFileIsAnotherIntent() {
    call(
        "Edit",
        "string_not_found",
        "file_path",
        "/f",
        "old_string",
        "x",
        "new_string",
        "one two three");
    call(
        "Edit",
        null,
        "file_path",
        "/f",
        "old_string",
        "y",
        "new_string",
        "something else entirely");
    assertThat(remedy()).isEqualTo("none");
  }

  @Test
  void aMissingFileIsLookedForOrNamedOtherwise() {
    call("Read", "file_not_found", "file_path", "/a/cleanup_test.go");
    call("Glob", null, "pattern", "*_test.go");
    call("Read", null, "file_path", "/a/clean_test.go");
    session = "s1";
    call("Read", "file_not_found", "file_path", "/a/b.go");
    call("Read", null, "file_path", "/a/c/b.go");
    session = "s2";
    call("Read", "file_not_found", "file_path", "src/b.go");
    call("Read", null, "file_path", "/a/src/b.go");
    assertThat(cases())
        .extracting(each -> each.change() == null ? "" : each.change().key())
        .containsExactly("FIND_PATH", "OTHER_FOLDER", "ABSOLUTE_PATH");
  }

  @Test
  void aFailingTestIsRunAgainAfterAnEdit() {
    shell("exit_code_1", "cd /work && go test ./... 2>&1 | tail -20");
    call("Read", null, "file_path", "/work/a.go");
    call("Edit", null, "file_path", "/work/a.go", "old_string", "a", "new_string", "b");
    shell(null, "go test ./...");
    assertThat(remedy()).isEqualTo("EDIT_AND_RERUN");
  }

  @Test
  void commandsDifferByProgramFlagFolderVariableAndWhatRanBefore() {
    String[][] pairs = {
      {"python build.py --all", "python3 build.py --all", "USE_PROGRAM python3"},
      {"npm install left-pad", "npm install left-pad --force", "ADD_FLAG --force"},
      {"git push --quiet origin", "git push origin", "DROP_FLAG --quiet"},
      {"npm run build", "cd web && npm run build", "FOLDER_FIRST"},
      {"make release", "CI=1 make release", "SET_VARIABLE CI"},
      {"npm run build", "npm install && npm run build", "RUN_FIRST npm install"},
      {"claude --print hello", "echo hello | claude --print hello", "PIPE_INPUT"},
      {"make release", "make release", "RETRY"},
    };
    for (String[] pair : pairs) {
      batch.clear();
      shell("exit_code_1", pair[0]);
      shell(null, pair[1]);
      assertThat(remedy()).as(pair[0] + " -> " + pair[1]).isEqualTo(pair[2]);
    }
  }

  @Test
  void whatWasRunBetweenIsTheRemedyOfAnUnchangedCommand() {
    shell("exit_code_1", "npm test");
    shell(null, "ls -la");
    shell(null, "npm ci");
    shell(null, "cat package.json");
    shell(null, "npm test");
    assertThat(remedy()).isEqualTo("RUN_FIRST npm ci");
  }

  @Test
  void anotherToolForTheSameTargetIsTheRemedy() {
    call(
        "Edit",
        "string_not_found",
        "file_path",
        "/a/b.go",
        "old_string",
        "x",
        "new_string",
        "new words here");
    call("Write", null, "file_path", "/a/b.go", "content", "new words here and more");
    session = "s1";
    shell("exit_code_1", "cat /a/b.go");
    call("Read", null, "file_path", "/a/b.go");
    assertThat(cases())
        .extracting(each -> each.change() == null ? "" : each.change().key())
        .containsExactly("USE_TOOL Write", "USE_TOOL Read");
  }

  @Test
  void aCallMadeBeforeTheErrorWasKnownIsNoAnswerToIt() {
    call("Read", "file_not_found", "file_path", "/a");
    batch.clear();
    EventBatch parallel = new EventBatch();
    for (int i = 0; i < 2; i++) {
      parallel.add(
          Mode.NEW,
          Event.builder(
                  EventIds.ofKey("p" + i),
                  START.plusSeconds(i),
                  EventTypes.TOOL_CALL,
                  Category.EXECUTION)
              .set(Field.SESSION_ID, "s")
              .set(Field.SUCCESS, i == 1)
              .set(Field.DURATION_MS, 5_000L)
              .details(
                  Map.of(
                      "tool",
                      "Read",
                      "input",
                      Map.of("file_path", "/a"),
                      "error_type",
                      "file_not_found"))
              .build());
    }
    EventStore store = new MemoryStore();
    store.append(new Append(parallel));
    assertThat(cases(store)).singleElement().matches(each -> !each.recovered());
  }

  @Test
  void whatWasTriedInVainIsCountedAgainstIt() {
    call(
        "Edit",
        "string_not_found",
        "file_path",
        "/f",
        "old_string",
        "a",
        "new_string",
        "new words");
    call(
        "Edit",
        "string_not_found",
        "file_path",
        "/f",
        "old_string",
        "a b",
        "new_string",
        "new words");
    call("Read", null, "file_path", "/f");
    call("Edit", null, "file_path", "/f", "old_string", "c", "new_string", "new words");
    List<ErrorFact> cases = cases();
    assertThat(cases.getFirst().tried())
        .extracting(Change::key)
        .containsExactly("LONGER_TEXT old_string");
    List<Remedy> offers = RemedyRanking.among("Edit string_not_found", cases, 3);
    assertThat(offers.getFirst().helped().evidence())
        .containsExactly(cases.get(0).id(), cases.get(1).id());
    assertThat(offers)
        .singleElement()
        .matches(offer -> offer.helped().count() == 2 && offer.failed() == 0);
  }

  @Test
  void anErrorThatWasNeverRecoveredHasNoRemedyWhateverLikeErrorsHad() {
    for (int i = 0; i < 20; i++) {
      session = "s" + i;
      shell("exit_code_1", "make all");
      call("Edit", null, "file_path", "/f", "old_string", "a", "new_string", "b" + i);
      shell(null, "make all");
    }
    RemedyRanking remedies = new RemedyRanking().learn(cases());
    ErrorFact known = cases().getFirst();
    assertThat(remedies.offers(known, 3))
        .extracting(offer -> offer.change().key())
        .containsExactly("EDIT_AND_RERUN");

    batch.clear();
    for (int i = 0; i < 15; i++) {
      shell("hopeless", "make all");
    }
    List<ErrorFact> never = cases();
    assertThat(never.getFirst().isDecided()).isTrue();
    assertThat(new RemedyRanking().learn(never).offers(never.getFirst(), 3)).isEmpty();
  }

  @Test
  void anErrorAtTheEndOfASessionIsUndecided() {
    shell("exit_code_1", "make all");
    shell(null, "ls");
    assertThat(cases()).singleElement().matches(each -> !each.recovered() && !each.isDecided());
  }

  @Test
  void callsOfOddShapeAreTakenAsTheyAre() {
    String[] commands = {
      "",
      " ",
      "'",
      "\\",
      "a\\",
      "<<",
      "|",
      "&& ;",
      "cd",
      "A=",
      "x".repeat(100_000),
      ">&2",
      "(((",
      "for",
      "python -m ",
      "python -m '' a",
      "'  ' 'a  b' -- --",
      "git '' ''"
    };
    for (String command : commands) {
      shell("exit_code_1", command);
      shell(null, command + " ");
    }
    call("", "error");
    call("Edit", "error", "file_path", "/", "new_string", "");
    call("Read", "error", "file_path", "/");
    call("Read", null, "file_path", "");
    assertThat(cases()).isNotEmpty();
  }

  @Test
  void everyRemedyIsFoundAgainByItsKey() {
    for (Change.Kind kind : Change.Kind.values()) {
      Change change = Change.of(kind, "a\nslot| \u001b[2J");
      assertThat(Change.ofKey(change.key())).isEqualTo(change);
      assertThat(change.words(10)).doesNotContain("\u001b").doesNotContain("{}");
    }
  }

  @Test
  void memoryAndSqliteTellTheSame() {
    call(
        "Edit",
        "file_not_read",
        "file_path",
        "/a/b.go",
        "old_string",
        "x",
        "new_string",
        "the new");
    call("Read", null, "file_path", "/a/b.go");
    call("Edit", null, "file_path", "/a/b.go", "old_string", "x", "new_string", "the new");
    session = "s1";
    shell("exit_code_1", "npm run build");
    shell(null, "npm install && npm run build");
    List<ErrorFact> memory = cases();
    try (EventStore store = SqliteStore.open(folder.resolve("events.db"))) {
      store.append(new Append(batch));
      assertThat(cases(store)).isEqualTo(memory);
      assertThat(cases(store)).as("read back from the store").isEqualTo(memory);
    }
  }
}
