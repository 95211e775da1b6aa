package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.ReadRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Appending: idempotent by id, with marks. */
public interface AppendContract extends Stores {

  @Test
  default void whatWasAppendedIsRead() {
    try (EventStore store = freshStore()) {
      Event event =
          call("a", 0)
              .set(Field.STORY_ID, "1.2")
              .set(Field.STEP, -3L)
              .set(Field.DURATION_MS, Long.MAX_VALUE)
              .set(Field.TOKENS_USED, 0L)
              .set(Field.CONTEXT_PERCENT, 23.5)
              .set(Field.CONFIDENCE_SCORE, 1.0)
              .set(Field.USER_SATISFACTION_DELTA, -0.1)
              .set(Field.SUCCESS, false)
              .set(Field.NEEDS_REVIEW, true)
              .set(Field.AGENT_NAME, "Müller 🛠 \"quoted\" 'x'\n")
              .details(Map.of("text", "line\nline \u0001 é 漢 🛠", "n", 12345678901L))
              .set(Field.SOURCE, "{\"file\":\"a.jsonl\",\"offset\":0,\"length\":12}")
              .build();
      assertThat(store.append(append(Mode.NEW, event))).isEqualTo(new Appended(1, 0, 0, 0));
      assertThat(all(store)).containsExactly(event);
    }
  }

  @Test
  default void anEventOfOurOwnIsKeptOnce() {
    try (EventStore store = freshStore()) {
      Event first = call("a", 0).build();
      Event other = call("a", 5).set(Field.AGENT_NAME, "later").build();
      assertThat(store.append(append(Mode.NEW, first, first))).isEqualTo(new Appended(1, 0, 1, 0));
      assertThat(store.append(append(Mode.NEW, other))).isEqualTo(new Appended(0, 0, 1, 0));
      assertThat(all(store)).containsExactly(first);
    }
  }

  @Test
  default void knownAndNewEventsInOneBatchAreToldApart() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("b", 1).build(), call("d", 3).build()));
      Appended appended =
          store.append(
              append(
                  Mode.NEW,
                  call("a", 0).build(),
                  call("b", 1).build(),
                  call("c", 2).build(),
                  call("d", 3).build(),
                  call("e", 4).build()));
      assertThat(appended).isEqualTo(new Appended(3, 0, 2, 0));
      assertThat(all(store)).hasSize(5);
    }
  }

  @Test
  default void marksAreKeptWithTheRows() {
    try (EventStore store = freshStore()) {
      store.append(
          append(
              List.of(new Mark("file:a", "{\"at\":12}"), new Mark("file:b", "1")),
              call("a", 0).build()));
      store.append(append(List.of(new Mark("file:a", "{\"at\":99}"), new Mark("file:b", null))));
      store.append(append(List.of(new Mark("other", "x"), new Mark("file:", "root"))));
      assertThat(store.marks("file:"))
          .containsExactlyInAnyOrderEntriesOf(Map.of("file:a", "{\"at\":99}", "file:", "root"));
      assertThat(store.marks("")).hasSize(3);
      assertThat(store.marks("none")).isEmpty();
    }
  }

  @Test
  default void aThousandMarksComeBackAtOnce() {
    try (EventStore store = freshStore()) {
      Map<String, String> marks = new HashMap<>();
      for (int i = 0; i < 1000; i++) {
        marks.put("file:/home/user/.claude/projects/p/" + i + ".jsonl", "{\"offset\":" + i + "}");
      }
      List<Mark> list =
          marks.entrySet().stream().map(e -> new Mark(e.getKey(), e.getValue())).toList();
      store.append(new Append(new EventBatch(), list));
      assertThat(store.marks("file:")).isEqualTo(marks);
    }
  }

  @Test
  default void aBatchMayBeUsedAgainAfterTheAppend() {
    try (EventStore store = freshStore()) {
      EventBatch batch = new EventBatch();
      batch.add(Mode.NEW, call("a", 0).build());
      store.append(new Append(batch));
      batch.clear();
      batch.add(Mode.NEW, call("b", 1).build());
      store.append(new Append(batch));
      assertThat(all(store)).containsExactly(call("a", 0).build(), call("b", 1).build());
    }
  }

  @Test
  default void anEmptyAppendIsNothing() {
    try (EventStore store = freshStore()) {
      assertThat(store.append(new Append(new EventBatch()))).isEqualTo(Appended.NOTHING);
      assertThat(all(store)).isEmpty();
    }
  }

  @Test
  default void veryLongTextsAreKeptWhole() {
    try (EventStore store = freshStore()) {
      for (int length : new int[] {65_000, 65_400, 65_501, 65_502, 66_000, 131_100, 3_000_000}) {
        Event event =
            call("long " + length, length)
                .details(Map.of("output", "é".repeat(length / 2)))
                .build();
        store.append(append(Mode.NEW, call("before " + length, length - 1).build(), event));
      }
      assertThat(all(store)).hasSize(14);
      assertThat(all(store))
          .filteredOn(event -> !event.details().isEmpty())
          .extracting(event -> String.valueOf(event.detail("output")).length())
          .containsExactly(32_500, 32_700, 32_750, 32_751, 33_000, 65_550, 1_500_000);
    }
  }

  private static List<Event> all(EventStore store) {
    ReadRequest request = ReadRequest.oldestFirst(Filter.EVERYTHING);
    return store.read(request).finish(request);
  }
}
