package dev.flightlog.formats.otlp;

import static dev.flightlog.formats.otlp.Telemetry.log;
import static dev.flightlog.formats.otlp.Telemetry.logs;
import static dev.flightlog.formats.otlp.Telemetry.span;
import static dev.flightlog.formats.otlp.Telemetry.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Claude Code's logs and spans become the events that its transcript becomes. */
class ClaudeTelemetryTest {
  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ClaudeTelemetryTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void theRealClientsLogsGiveCallsWithTheIdsOfItsTranscript() throws IOException {
    Telemetry seen =
        new Telemetry()
            .json(Signal.LOGS, new String(resource("claude-logs.json"), StandardCharsets.UTF_8));
    assertThat(seen.of("tool_call")).hasSize(5);
    assertThat(seen.events.get(EventIds.ofKey("tool_call:toolu_msg_000011"))).isNotNull();
    assertThat(seen.events.get(EventIds.ofKey("model_call:req_9"))).isNotNull();
    assertThat(seen.refused).isZero();
  }

  @Test
  void bothEncodingsOfOneScenarioGiveTheSameKindsOfEvents() throws IOException {
    Telemetry binary = new Telemetry().protobuf(Signal.LOGS, resource("claude-logs.pb"));
    assertThat(binary.of("tool_call")).isNotEmpty();
    assertThat(binary.of("model_call"))
        .isNotEmpty()
        .allSatisfy(call -> {
          assertThat(call.integer(Field.TOKENS_USED)).isPositive();
          assertThat(call.details()).containsKey("cost_usd");
        });
  }

  @Test
  void whatIsSentAgainChangesNothing() throws IOException {
    String json = new String(resource("claude-logs.json"), StandardCharsets.UTF_8);
    Telemetry once = new Telemetry().json(Signal.LOGS, json);
    Telemetry twice = new Telemetry().json(Signal.LOGS, json).json(Signal.LOGS, json);
    assertThat(twice.events).isEqualTo(once.events);
  }

  @Test
  void waitingForAPersonAndRunningAreToldApart() {
    String[] parts = {
      span(
          3,
          2,
          "claude_code.tool.blocked_on_user",
          "span.type",
          "tool.blocked_on_user",
          "duration_ms",
          31_000,
          "decision",
          "accept",
          "session.id",
          "s1"),
      span(
          4,
          2,
          "claude_code.tool.execution",
          "span.type",
          "tool.execution",
          "tool_use_id",
          "toolu_1",
          "duration_ms",
          900,
          "success",
          true,
          "session.id",
          "s1"),
      span(
          2,
          1,
          "claude_code.tool",
          "span.type",
          "tool",
          "tool_name",
          "Edit",
          "tool_use_id",
          "toolu_1",
          "duration_ms",
          32_000,
          "session.id",
          "s1")
    };
    Telemetry seen = new Telemetry();
    for (String part : parts) {
      seen.json(Signal.TRACES, spans("claude-code", part));
    }
    Event call = seen.only("tool_call");
    assertThat(call.id()).isEqualTo(EventIds.ofKey("tool_call:toolu_1"));
    assertThat(call.integer(Field.DURATION_MS)).isEqualTo(32_000);
    assertThat(call.details())
        .containsEntry("waiting_ms", 31_000L)
        .containsEntry("running_ms", 900L)
        .containsEntry("tool", "Edit");
    assertThat(call.get(Field.SUCCESS)).isEqualTo(true);
  }

  @Test
  void aSpanAndALogOfOneRequestAreOneCall() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans(
                    "claude-code",
                    span(
                        5,
                        1,
                        "claude_code.llm_request",
                        "span.type",
                        "llm_request",
                        "gen_ai.request.model",
                        "claude-opus-4-8",
                        "request_id",
                        "req_1",
                        "input_tokens",
                        100,
                        "output_tokens",
                        20,
                        "cache_read_tokens",
                        50,
                        "duration_ms",
                        1000,
                        "success",
                        true,
                        "session.id",
                        "s1")))
            .json(
                Signal.LOGS,
                logs(
                    "claude-code",
                    log(
                        "claude_code.api_request",
                        "model",
                        "claude-opus-4-8",
                        "request_id",
                        "req_1",
                        "input_tokens",
                        "100",
                        "output_tokens",
                        "20",
                        "cache_read_tokens",
                        "50",
                        "cost_usd",
                        "1.5",
                        "duration_ms",
                        "1000",
                        "session.id",
                        "s1")));
    Event call = seen.only("model_call");
    assertThat(call.integer(Field.TOKENS_USED)).isEqualTo(170);
    // By our prices: 100 x 5 + 20 x 25 + 50 x 0.5 dollars a million, whatever the client says.
    assertThat(call.details()).containsEntry("cost_usd", 0.001025);
  }

  @Test
  void aRefusalByAPersonIsARejectedCallAndOneRejection() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.LOGS,
                logs(
                    "claude-code",
                    log(
                        "claude_code.tool_decision",
                        "tool_name",
                        "Write",
                        "tool_use_id",
                        "toolu_2",
                        "decision",
                        "reject",
                        "source",
                        "user_reject")));
    assertThat(seen.only("tool_call").details()).containsEntry("error_type", "rejected");
    assertThat(seen.only("tool_rejected").id()).isEqualTo(EventIds.ofKey("tool_rejected:toolu_2"));
  }

  @Test
  void whatTheProgramPutIntoAPromptIsNoPrompt() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.LOGS,
                logs(
                    "claude-code",
                    log(
                        "claude_code.user_prompt",
                        "prompt",
                        "<task-notification>x",
                        "message.uuid",
                        "u1"),
                    log(
                        "claude_code.user_prompt",
                        "prompt",
                        "<REDACTED>",
                        "prompt_length",
                        "7",
                        "message.uuid",
                        "u2")));
    Event prompt = seen.only("user_prompt");
    assertThat(prompt.id()).isEqualTo(EventIds.ofKey("prompt:u2"));
    assertThat(prompt.details()).containsEntry("length", 7L).doesNotContainKey("text");
  }
}
