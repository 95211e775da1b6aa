package dev.flightlog.formats.otlp;

import static dev.flightlog.formats.otlp.Telemetry.log;
import static dev.flightlog.formats.otlp.Telemetry.logs;
import static dev.flightlog.formats.otlp.Telemetry.span;
import static dev.flightlog.formats.otlp.Telemetry.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every generation of conventions gives the same events, and each call once. */
class GenAiRowsTest {
  @ParameterizedTest
  @CsvSource({
    "gen_ai.usage.input_tokens,gen_ai.usage.output_tokens,gen_ai.usage.cache_read.input_tokens,gen_ai.request.model",
    "gen_ai.usage.prompt_tokens,gen_ai.usage.completion_tokens,gen_ai.usage.cache_read_input_tokens,gen_ai.response.model",
    "llm.token_count.prompt,llm.token_count.completion,llm.token_count.prompt_details.cache_read,llm.model_name"
  })
  void cachedTokensAreAPartOfTheInput(String input, String output, String cached, String model) {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans(
                    "shop",
                    span(1, 0, "chat", model, "gpt-5", input, 1000, output, 10, cached, 400)));
    Event call = seen.only("model_call");
    assertThat(call.integer(Field.TOKENS_USED)).isEqualTo(1010);
    assertThat(call.details())
        .containsEntry("input_tokens", 600L)
        .containsEntry("cache_read_tokens", 400L)
        .containsEntry("output_tokens", 10L);
    assertThat(call.integer(Field.DURATION_MS)).isEqualTo(1000);
  }

  @Test
  void theSpanAndTheEventOfOneCallAreOneCall() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans(
                    "shop",
                    span(
                        1,
                        0,
                        "chat gpt-5",
                        "gen_ai.operation.name",
                        "chat",
                        "gen_ai.response.id",
                        "resp_1",
                        "gen_ai.response.model",
                        "gpt-5",
                        "gen_ai.usage.input_tokens",
                        5)))
            .json(
                Signal.LOGS,
                logs(
                    "shop",
                    log(
                        "gen_ai.client.inference.operation.details",
                        "gen_ai.response.id",
                        "resp_1",
                        "gen_ai.usage.input_tokens",
                        5,
                        "gen_ai.operation.name",
                        "chat")));
    assertThat(seen.only("model_call").id()).isEqualTo(EventIds.ofKey("model_call:resp_1:"));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aToolAndTheMcpRequestWithinItAreOneCall(boolean innerFirst) {
    String inner =
        span(
            3, 2, "tools/call query", "mcp.method.name", "tools/call", "gen_ai.tool.name", "query");
    String outer =
        span(
            2,
            1,
            "execute_tool query",
            "gen_ai.operation.name",
            "execute_tool",
            "gen_ai.tool.name",
            "query");
    Telemetry seen = new Telemetry();
    for (String span : innerFirst ? new String[] {inner, outer} : new String[] {outer, inner}) {
      seen.json(Signal.TRACES, spans("shop", span));
    }
    assertThat(seen.only("tool_call").details()).containsEntry("tool", "query");
  }

  @Test
  void twoMcpRequestsOfOneAgentAreTwoCalls() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans(
                    "shop",
                    span(3, 2, "tools/call a", "mcp.method.name", "tools/call"),
                    span(4, 2, "tools/call b", "mcp.method.name", "tools/call"),
                    span(5, 2, "initialize", "mcp.method.name", "initialize")));
    assertThat(seen.of("tool_call")).hasSize(2);
    assertThat(seen.of("span")).hasSize(1);
  }

  @Test
  void theTokensThatAnAgentSumsUpAreNoCall() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans(
                    "shop",
                    span(
                        1,
                        0,
                        "invoke_agent writer",
                        "gen_ai.operation.name",
                        "invoke_agent",
                        "gen_ai.agent.name",
                        "writer",
                        "gen_ai.usage.input_tokens",
                        5000)));
    assertThat(seen.of("model_call")).isEmpty();
    assertThat(seen.only("agent_started").get(Field.AGENT_NAME)).isEqualTo("writer");
    assertThat(seen.only("agent_finished").integer(Field.DURATION_MS)).isEqualTo(1000);
  }

  @Test
  void otherSpansKeepTheirAttributes() {
    Telemetry seen =
        new Telemetry()
            .json(Signal.TRACES, spans("shop", span(1, 0, "GET /x", "http.method", "GET")));
    Event span = seen.only("span");
    assertThat(span.get(Field.COMPONENT)).isEqualTo("shop");
    assertThat(span.details().get("attributes")).hasToString("{http.method=GET}");
    assertThat(span.id())
        .isEqualTo(EventIds.ofKey("span:5b8efff798038103d269b633813fc60c:0000000000000001"));
  }

  @Test
  void codexTellsCallsAndItsInternalSpansAreLeftOut() {
    Telemetry seen =
        new Telemetry()
            .json(Signal.TRACES, spans("codex_cli_rs", span(1, 0, "handle_responses")))
            .json(
                Signal.LOGS,
                logs(
                    "codex_cli_rs",
                    log(
                        "codex.sse_event",
                        "event.kind",
                        "response.completed",
                        "conversation.id",
                        "c1",
                        "input_token_count",
                        1000,
                        "cached_token_count",
                        600,
                        "output_token_count",
                        30,
                        "model",
                        "gpt-5"),
                    log(
                        "codex.tool_result",
                        "conversation.id",
                        "c1",
                        "call_id",
                        "call_1",
                        "tool_name",
                        "shell",
                        "success",
                        "false",
                        "duration_ms",
                        "20",
                        "output",
                        "Exit code: 127")));
    assertThat(seen.of("span")).isEmpty();
    // The key of a rollout: the session, and its totals so far.
    assertThat(seen.only("model_call").id())
        .isEqualTo(EventIds.ofKey("model_call:codex:c1:1000/600/30"));
    assertThat(seen.only("model_call").details()).containsEntry("input_tokens", 400L);
    assertThat(seen.only("tool_call").details()).containsEntry("error_type", "command_not_found");
    assertThat(seen.only("tool_call").id()).isEqualTo(EventIds.ofKey("tool_call:c1:call_1"));
  }

  @Test
  void geminiTellsCallsPromptsAndErrors() {
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.LOGS,
                logs(
                    "gemini-cli",
                    log("gemini_cli.user_prompt", "session.id", "g1", "prompt", "hello"),
                    log(
                        "gemini_cli.api_response",
                        "session.id",
                        "g1",
                        "model",
                        "gemini-2.5-pro",
                        "input_token_count",
                        100,
                        "output_token_count",
                        10,
                        "cached_content_token_count",
                        40,
                        "thoughts_token_count",
                        5,
                        "duration_ms",
                        500),
                    log(
                        "gemini_cli.tool_call",
                        "session.id",
                        "g1",
                        "function_name",
                        "read_file",
                        "success",
                        false,
                        "error",
                        "ENOENT: no such file",
                        "duration_ms",
                        3),
                    log("gemini_cli.api_error", "session.id", "g1", "status_code", 429)));
    assertThat(seen.only("model_call").details())
        .containsEntry("input_tokens", 60L)
        .containsEntry("output_tokens", 15L)
        .containsEntry("cache_read_tokens", 40L);
    assertThat(seen.only("tool_call").details()).containsEntry("error_type", "file_not_found");
    assertThat(seen.only("error").details()).containsEntry("error_type", "rate_limit");
    assertThat(seen.only("user_prompt").get(Field.SESSION_ID)).isEqualTo("g1");
  }
}
