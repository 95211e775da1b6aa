package dev.flightlog.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedStoreTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] OTHER_KEY = new byte[32];

  static {
    Arrays.fill(OTHER_KEY, (byte) 1);
  }

  private final MemoryStore behind = new MemoryStore();

  private EventStore shared(String person, boolean figuresOnly) {
    return SharedStore.of(behind, new Sender("build-7", person, figuresOnly), KEY);
  }

  private static Event event(String key, Map<String, Object> details) {
    return Event.builder(
            EventIds.ofKey(key), Instant.ofEpochSecond(1), "tool_call", Category.EXECUTION)
        .set(Field.SESSION_ID, "s1")
        .set(Field.SOURCE, "{\"file\":\"/home/anna/secret-plan.jsonl\"}")
        .details(details)
        .build();
  }

  private static void append(EventStore store, Event event) {
    EventBatch batch = new EventBatch();
    batch.add(Mode.MERGE, event);
    store.append(new Append(batch));
  }

  private Event kept() {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    return behind.read(all).finish(all).getFirst();
  }

  @Test
  void eachEventTellsItsMachineAndAPersonOnlyWhenOneIsNamed() {
    append(shared("", false), event("a", Map.of("tool", "Bash", "input", "ls -l")));
    assertThat(kept().details())
        .containsEntry("host.name", "build-7")
        .containsEntry("input", "ls -l")
        .doesNotContainKey("user.name");
    append(shared("anna", false), event("a", Map.of("tool", "Bash")));
    assertThat(kept().details()).containsEntry("user.name", "anna").containsEntry("tool", "Bash");
  }

  @Test
  void aMachineThatAnEventNamesItselfStays() {
    append(shared("", false), event("a", Map.of("host.name", "elsewhere")));
    assertThat(kept().detail("host.name")).isEqualTo("elsewhere");
  }

  @Test
  void anEventWithoutDetailsGetsSome() {
    Event bare =
        Event.builder(EventIds.ofKey("b"), Instant.ofEpochSecond(1), "x", Category.EXECUTION)
            .build();
    append(shared("", false), bare);
    assertThat(kept().details()).isEqualTo(Map.of("host.name", "build-7"));
  }

  @Test
  void whereTextsStayAtHomeOnlyFiguresAndNamesAreSent() {
    append(
        shared("", true),
        event(
            "a",
            Map.of(
                "tool",
                "Bash",
                "error_type",
                "exit_code_1",
                "input_tokens",
                12,
                "cost_usd",
                0.25,
                "background",
                true,
                "message",
                "the plan of Anna",
                "input",
                Map.of("command", "cat plan"),
                "model",
                "a model with words",
                "What Anna wants",
                7,
                "lines",
                List.of("plan"))));
    assertThat(kept().details())
        .isEqualTo(
            Map.of(
                "tool",
                "Bash",
                "error_type",
                "exit_code_1",
                "input_tokens",
                12L,
                "cost_usd",
                0.25,
                "background",
                true,
                "host.name",
                "build-7"));
    assertThat(kept().text(Field.SOURCE)).isNull();
    assertThat(kept().text(Field.SESSION_ID)).isEqualTo("s1");
  }

  @Test
  void whatAMachineKeepsForItselfIsSealedAndComesBackByItsKey() {
    EventStore shared = shared("", true);
    shared.append(
        new Append(
            new EventBatch(),
            List.of(
                new Mark("file:/home/anna/plan.jsonl", "state of the plan"),
                new Mark("file:/home/anna/b.jsonl", "b"),
                new Mark("digest:cursor", "c"))));
    assertThat(behind.marks("").toString()).doesNotContain("anna").doesNotContain("plan");
    assertThat(shared.marks("file:"))
        .isEqualTo(
            Map.of(
                "file:/home/anna/plan.jsonl", "state of the plan", "file:/home/anna/b.jsonl", "b"));
    assertThat(shared.marks("file:/home/anna/b")).containsOnlyKeys("file:/home/anna/b.jsonl");
    assertThat(shared.marks("")).hasSize(3);
    shared.append(new Append(new EventBatch(), List.of(new Mark("file:/home/anna/b.jsonl", null))));
    assertThat(shared.marks("file:")).hasSize(1);
    assertThat(SharedStore.of(behind, new Sender("build-7", "", true), OTHER_KEY).marks("file:"))
        .isEmpty();
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> SharedStore.of(behind, new Sender("m", "", true), new byte[3]))
        .hasMessageContaining("3 bytes instead of 32");
  }
}
