package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.json.OddValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLineTest {
  private static final String ID = "01K5VJ7W3ZP5Q8R2T4V6X8Y0AB";

  @Test
  void anEventComesBackFromItsLineAsItWas() {
    Event event =
        Event.builder(
                ID, Instant.parse("2025-09-23T14:10:23.908242Z"), "tool_call", Category.EXECUTION)
            .set(Field.SESSION_ID, "story_1.2_20250923_141023")
            .set(Field.AGENT_NAME, "plänner \"q\" \n\u2028 \uD83D\uDE00")
            .set(Field.STEP, 3L)
            .set(Field.DURATION_MS, 101L)
            .set(Field.CONTEXT_PERCENT, 23.5)
            .set(Field.SUCCESS, true)
            .details(Map.of("tool", "Read"))
            .build();
    JsonWriter line = new JsonWriter();
    EventLine.encode(event, line);
    assertThat(line.toString())
        .startsWith("{\"id\":\"" + ID + "\",\"timestamp\":\"2025-09-23T14:10:23.908242+00:00\"")
        .doesNotContain("\n", "\u2028");
    assertThat(decode(line.toString())).isEqualTo(event);
  }

  @Test
  void aRowOfABatchHasTheLineOfItsEvent() {
    Event bare = Event.builder(ID, Instant.EPOCH, "note", Category.LEARNING).build();
    Event full =
        Event.builder(ID, Instant.parse("2025-09-23T14:10:23.9Z"), "tool_call", Category.EXECUTION)
            .set(Field.AGENT_NAME, "plänner \"q\" \\ \n\u0001\u0085\u2028 \uD83D\uDE00")
            .set(Field.COMPONENT, "plain text")
            .set(Field.STEP, -3L)
            .set(Field.CONTEXT_PERCENT, 23.5)
            .set(Field.SUCCESS, false)
            .set(Field.SOURCE, "{\"file\":\"a\"}")
            .details(Map.of("tool", "Read"))
            .build();
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, bare);
    batch.add(EventBatch.Mode.NEW, full);
    for (EventBatch.Mode mode : EventBatch.Mode.values()) {
      for (int row = 0; row < batch.size(); row++) {
        JsonWriter expected = new JsonWriter();
        EventLine.encode(batch.event(row), mode, expected);
        JsonWriter line = new JsonWriter();
        EventLine.encode(batch, row, mode, line);
        assertThat(line.toString()).isEqualTo(expected.toString());
      }
    }
  }

  @Test
  void unknownKeysAndValuesThatDoNotFitMoveIntoTheDetails() {
    Event event =
        decode(
            "{\"timestamp\":\"2025-09-23T14:10:23Z\",\"event_type\":\"Agent Action\",\"mood\":{\"x\":[1,2]},"
                + "\"duration_ms\":\"soon\",\"details\":{\"tool\":\"Read\"},\"category\":\"gossip\",\"step\":2.0}");
    assertThat(event.eventType()).isEqualTo("agent_action");
    assertThat(event.category()).isEqualTo(Category.EXECUTION);
    assertThat(event.integer(Field.STEP)).isEqualTo(2L);
    assertThat(event.details())
        .containsEntry("tool", "Read")
        .containsEntry("duration_ms", "soon")
        .containsEntry("category", "gossip")
        .containsEntry("event_type", "Agent Action")
        .containsKey("mood");
  }

  @Test
  void aLineWithoutTimeOrTypeIsRefusedWithAReason() {
    assertThat(wrong("{\"event_type\":\"x\"}")).contains("timestamp");
    assertThat(wrong("{\"timestamp\":\"2025-09-23\"}")).contains("event_type");
    assertThat(wrong("[1]")).contains("object");
    assertThat(wrong("{\"a\":1")).contains("byte");
    assertThat(wrong("{\"a\":1}{\"b\":2}")).contains("goes on");
  }

  @Test
  void aLineSaysHowItIsJoinedWithOtherReportsOfItsEvent() {
    Event event = decode("{\"timestamp\":\"2025-09-23T14:10:23Z\",\"event_type\":\"x\"}");
    for (EventBatch.Mode mode : EventBatch.Mode.values()) {
      JsonWriter line = new JsonWriter();
      EventLine.encode(event, mode, line);
      EventBatch batch = new EventBatch();
      new EventLine().decode(line.bytes(), 0, line.length(), batch, EventBatch.Mode.NEW, ID);
      assertThat(batch.mode(0)).isEqualTo(mode);
      assertThat(batch.event(0)).isEqualTo(event);
    }
    assertThat(
            decode("{\"timestamp\":\"2025-09-23T14:10:23Z\",\"event_type\":\"x\",\"join\":\"us\"}")
                .details())
        .containsEntry("join", "us");
  }

  @Test
  void aNumberThatDoesNotFitItsFieldIsKeptInTheDetailsAsItIsWritten() {
    for (String number : List.of("1e999", "1e99999999999", "9223372036854775807", "1.5", "-1e17")) {
      String line =
          "{\"timestamp\":\"2025-09-23T14:10:23Z\",\"event_type\":\"x\",\"tokens_used\":"
              + number
              + ",\"details\":{\"n\":"
              + number
              + "}}";
      Event event = decode(line);
      assertThat(event.integer(Field.TOKENS_USED)).as(number).isNull();
      assertThat(event.text(Field.DETAILS))
          .isEqualTo("{\"tokens_used\":" + number + ",\"n\":" + number + "}");
      assertThat(event.details()).containsKey("tokens_used");
    }
  }

  @Test
  void lessThanNothingAndMoreThanAWindowMoveToTheDetails() {
    for (String odd :
        List.of(
            "\"duration_ms\":-1",
            "\"tokens_used\":-7",
            "\"context_percent\":-0.5",
            "\"context_percent\":1e308")) {
      String key = odd.substring(1, odd.indexOf('"', 1));
      Event event =
          decode("{\"timestamp\":\"2026-02-01T00:00:00Z\",\"event_type\":\"x\"," + odd + "}");
      assertThat(event.details()).as(odd).containsKey(key);
      assertThat(event.get(java.util.Objects.requireNonNull(Field.named(key)))).as(odd).isNull();
    }
    Event saved =
        decode(
            "{\"timestamp\":\"2026-02-01T00:00:00Z\",\"event_type\":\"x\",\"time_saved_or_wasted_ms\":-5}");
    assertThat(saved.integer(Field.TIME_SAVED_OR_WASTED_MS)).isEqualTo(-5);
  }

  @Test
  void anOddValueAtAnyNodeCostsAtMostItsLine() {
    List<String> nodes = new ArrayList<>(List.of("mood", "details"));
    for (int i = 0; i < Field.count(); i++) {
      nodes.add(Field.at(i).wireName());
    }
    EventLine decoder = new EventLine();
    EventBatch batch = new EventBatch();
    int expected = 0;
    for (String node : nodes) {
      for (String odd : OddValues.ALL) {
        for (String value : List.of(odd, "{\"x\":" + odd + "}", "[" + odd + "]")) {
          for (String rest :
              List.of("", "\"" + node + "\":1,", "\"details\":{\"k\":" + odd + "},")) {
            byte[] line =
                ("{"
                        + rest
                        + "\"timestamp\":\"2025-09-23T14:10:23Z\",\"event_type\":\"x\",\""
                        + node
                        + "\":"
                        + value
                        + "}")
                    .getBytes(StandardCharsets.UTF_8);
            String wrong = decoder.decode(line, 0, line.length, batch, EventBatch.Mode.NEW, ID);
            expected += wrong == null ? 1 : 0;
            assertThat(batch.size()).isEqualTo(expected);
            if (wrong == null) {
              batch.event(expected - 1).details();
            }
          }
          if (expected > 500) {
            batch.clear();
            expected = 0;
          }
        }
      }
    }
  }

  private static Event decode(String line) {
    EventBatch batch = new EventBatch();
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    assertThat(new EventLine().decode(utf8, 0, utf8.length, batch, EventBatch.Mode.NEW, ID))
        .isNull();
    return batch.event(0);
  }

  private static String wrong(String line) {
    EventBatch batch = new EventBatch();
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    String wrong = new EventLine().decode(utf8, 0, utf8.length, batch, EventBatch.Mode.NEW, ID);
    assertThat(batch.size()).isZero();
    return wrong == null ? "" : wrong;
  }
}
