package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventWordsTest {
  private static Event event(String key, String value) {
    return Event.builder(EventIds.ofKey("e"), Instant.EPOCH, "tool_call", Category.EXECUTION)
        .set(Field.SESSION_ID, "session-42")
        .details(Map.of("tool", "Bash", key, value))
        .build();
  }

  @Test
  void whatWasLookedForIsShownWithWhatStandsAroundIt() {
    String long1 =
        "first line ".repeat(50) + "Permission DENIED for root " + "last line ".repeat(50);
    String around = EventWords.around(event("output", long1), "permission denied", 80, 80);
    assertThat(around).contains("Permission DENIED for root").startsWith("…").endsWith("…");
    assertThat(around.length()).isLessThanOrEqualTo(81);
    assertThat(EventWords.around(event("message", "permission denied"), "denied", 80, 80))
        .isEqualTo("permission denied");
  }

  @Test
  void aHitInAnyDetailOrFieldIsNamed() {
    String long1 = "x".repeat(300) + " needle " + "y".repeat(300);
    assertThat(EventWords.around(event("stack", long1), "NEEDLE", 60, 60)).contains(" needle ");
    assertThat(EventWords.around(event("stack", "needle"), "needle", 60, 60))
        .isEqualTo("stack: needle");
    assertThat(EventWords.around(event("output", "no"), "session-42", 60, 60))
        .isEqualTo("session_id: session-42");
  }

  @Test
  void fewTokensCutWhatStandsAroundAndNotTheHit() {
    String odd = "\u5b57".repeat(200) + "needle" + "\u5b57".repeat(200);
    assertThat(EventWords.around(event("output", odd), "needle", 120, 20)).contains("needle");
    String hostile = "\ud83d\ude00".repeat(100) + "needle" + "\ud83d\ude00".repeat(100);
    assertThat(EventWords.around(event("output", hostile), "needle", 41, 400))
        .contains("needle")
        .doesNotContain("\\u");
  }
}
