package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
