package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskEventsTest {
  @TempDir Path home;

  private FlightRecorder open() {
    return FlightRecorder.open(
        RecorderConfig.at(home).ring(1 << 16).maxWait(Duration.ofMinutes(1)));
  }

  @Test
  void aTaskIsToldFromItsRequestToItsOutcome() {
    try (FlightRecorder recorder = open()) {
      recorder
          .taskRequest("task-7f3a", "Write a poem")
          .user("U789012")
          .channel("C1")
          .thread("1705.2")
          .log();
      recorder.evaluation("task-7f3a", "Writer", 0.95).assigned(true).log();
      recorder.evaluation("task-7f3a", "Grok", 0.2).assigned(false).log();
      recorder.assigned("task-7f3a", "Writer").confidence(0.95).log();
      recorder.outcome("task-7f3a", "Writer", true).duration(Duration.ofMillis(23_100)).log();
    }
    List<JsonNode> lines = Lines.of(home);
    assertThat(lines)
        .extracting(line -> line.get("event_type").textValue())
        .containsExactly(
            "task_request", "evaluation", "evaluation", "task_assigned", "task_outcome");
    assertThat(lines)
        .allMatch(line -> line.get("task_id").textValue().equals("task-7f3a"))
        .allMatch(line -> line.get("category").textValue().equals("execution"));
    assertThat(lines.get(0).get("details").toString())
        .isEqualTo(
            "{\"request\":\"Write a poem\",\"user_id\":\"U789012\",\"channel_id\":\"C1\","
                + "\"thread_ts\":\"1705.2\"}");
    assertThat(lines.get(1).get("confidence_score").doubleValue()).isEqualTo(0.95);
    assertThat(lines.get(2).at("/details/assigned").booleanValue()).isFalse();
    assertThat(lines.get(3).get("agent_name").textValue()).isEqualTo("Writer");
    assertThat(lines.get(4).get("success").booleanValue()).isTrue();
    assertThat(lines.get(4).get("duration_ms").longValue()).isEqualTo(23_100);
  }

  @Test
  void aTaskThatNobodyGetsSaysWhy() {
    try (FlightRecorder recorder = open()) {
      recorder.unassigned("task-7f3a", "No agent confident enough").log();
      recorder.outcome("task-7f3a", null, false).errorMessage("nobody had it").log();
    }
    List<JsonNode> lines = Lines.of(home);
    assertThat(lines.get(0).at("/details/reason").textValue())
        .isEqualTo("No agent confident enough");
    assertThat(lines).noneMatch(line -> line.has("agent_name"));
    assertThat(lines.get(1).at("/details/error_message").textValue()).isEqualTo("nobody had it");
    assertThat(lines.get(1).get("success").booleanValue()).isFalse();
  }

  @Test
  void aConfidenceInPercentIsKeptButNotTakenForAScore() {
    try (FlightRecorder recorder = open()) {
      recorder.evaluation("task-7f3a", "Writer", 95).log();
    }
    JsonNode line = Lines.of(home).get(0);
    assertThat(line.has("confidence_score")).isFalse();
    assertThat(line.at("/details/confidence_score").doubleValue()).isEqualTo(95);
  }
}
