package dev.flightlog.formats.otlp;

import static dev.flightlog.formats.otlp.Telemetry.log;
import static dev.flightlog.formats.otlp.Telemetry.logs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.lines.JournalReader;
import dev.flightlog.formats.reading.FileContext;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What was received goes through a journal, and is joined there as if it had been read at once. */
class ReceivedLinesTest {
  private final EventBatch read = new EventBatch();

  private void receive(OtlpRows rows, String json) {
    EventBatch batch = new EventBatch();
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    rows.into(batch, Telemetry.NOW, 0, 0);
    OtlpBytes.json(Signal.LOGS, utf8, 0, utf8.length, rows);
    JournalReader journal =
        new JournalReader(new FileContext("journal", "j", 0), Telemetry.SETTINGS);
    for (int i = 0; i < batch.size(); i++) {
      JsonWriter line = new JsonWriter();
      EventLine.encode(batch.event(i), line);
      journal.read(line.bytes(), 0, line.length(), 0, read);
    }
  }

  @Test
  void aDecisionAndAResultAreReportsOfOneCall() {
    OtlpRows rows = OtlpRows.received(Telemetry.SETTINGS);
    receive(
        rows,
        logs(
            "claude-code",
            log(
                "claude_code.tool_decision",
                "tool_name",
                "Bash",
                "tool_use_id",
                "toolu_1",
                "decision",
                "accept",
                "source",
                "user_temporary")));
    receive(
        rows.another(),
        logs(
            "claude-code",
            log(
                "claude_code.tool_result",
                "tool_name",
                "Bash",
                "tool_use_id",
                "toolu_1",
                "success",
                "false",
                "duration_ms",
                "500",
                "error",
                "Exit code 2")));
    assertThat(read.size()).isEqualTo(2);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.mode(i)).isEqualTo(Mode.MERGE);
    }
    Event call = Merge.combine(read.event(0), read.event(1));
    assertThat(call.get(Field.SUCCESS)).isEqualTo(false);
    assertThat(call.details())
        .containsEntry("decision_source", "user_temporary")
        .containsEntry("error_type", "exit_code_2");
  }

  @Test
  void anEventOfOurOwnIsLeftAsItWas() {
    byte[] line =
        "{\"id\":\"01K00000000000000000000000\",\"timestamp\":\"2026-11-28T10:00:00Z\",\"event_type\":\"x\",\"category\":\"execution\",\"details\":{\"a\":\"received\"}}"
            .getBytes(StandardCharsets.UTF_8);
    new JournalReader(new FileContext("journal", "j", 0), Telemetry.SETTINGS)
        .read(line, 0, line.length, 0, read);
    assertThat(read.mode(0)).isEqualTo(Mode.NEW);
  }
}
