package dev.flightlog.patterns.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.facts.CheckFact;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckObserverTest {
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");
  private final EventBatch batch = new EventBatch();
  private int minute;

  private void add(String type, Map<String, Object> details, long tookMs) {
    minute++;
    batch.add(
        Mode.NEW,
        Event.builder(
                EventIds.ofKey("e" + minute),
                START.plusSeconds(60L * minute),
                type,
                Category.EXECUTION)
            .set(Field.SESSION_ID, "s")
            .set(Field.SUCCESS, true)
            .set(Field.DURATION_MS, tookMs)
            .details(details)
            .build());
  }

  private void shell(String command) {
    add(EventTypes.TOOL_CALL, Map.of("tool", "Bash", "input", Map.of("command", command)), 10_000);
  }

  private void tool(String name) {
    add(EventTypes.TOOL_CALL, Map.of("tool", name, "input", Map.of("file_path", "/a")), 5);
  }

  private List<CheckFact> checks() {
    MemoryStore store = new MemoryStore();
    store.append(new Append(batch));
    return new Digest(store, List.of(new CheckObserver())).refresh().all(CheckFact.class);
  }

  @Test
  void aCheckThatIsRunAgainWithNothingChangedIsFoundHoweverItsOutputIsCut() {
    shell("cd app && go test ./... 2>&1 | tail -30");
    tool("Read");
    shell("git status");
    shell("cd app && go test ./... 2>&1 | grep FAIL");
    CheckFact check = checks().getFirst();
    assertThat(check.program()).isEqualTo("go test");
    assertThat(check.runs()).isEqualTo(2);
    assertThat(check.unchanged()).isEqualTo(1);
    assertThat(check.unchangedMillis()).isEqualTo(10_000);
    assertThat(check.millis()).isEqualTo(20_000);
  }

  @Test
  void anEditAWordOfThePersonOrACommandThatDoesSomethingIsAChange() {
    shell("go test ./...");
    tool("Edit");
    shell("go test ./...");
    add(EventTypes.USER_PROMPT, Map.of("text", "I changed it, try again"), 0);
    shell("go test ./...");
    shell("go mod tidy");
    shell("go test ./...");
    tool("Task");
    shell("go test ./...");
    shell("sed -i s/a/b/ x.go");
    shell("go test ./...");
    assertThat(checks().getFirst().runs()).isEqualTo(6);
    assertThat(checks().getFirst().unchanged()).isZero();
  }

  @Test
  void anotherTestOrAnotherFolderIsAnotherCheckAndOneThatRewritesFilesIsAChange() {
    shell("go test ./a");
    shell("go test ./b");
    shell("cd c && go test ./a");
    shell("prettier --write .");
    shell("go test ./a");
    assertThat(checks()).allMatch(check -> check.unchanged() == 0);
  }
}
