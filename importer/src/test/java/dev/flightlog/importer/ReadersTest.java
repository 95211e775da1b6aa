package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
  @TempDir Path home;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(home);
  }

  @Test
  void codexRolloutsGiveOneEventACallAndWhatEachResponseUsed() {
    ImportReport report = desk.run(Desk.sample("codex"));

    // Counted with an independent script: 5 distinct call ids, 2 calls without id, in 8 files.
    assertThat(report.sessions()).isEqualTo(8);
    assertThat(desk.events("tool_call")).hasSize(6);
    assertThat(report.quarantined()).isZero();
    Event last =
        desk.events("model_call").stream()
            .filter(e -> "gpt-5.3-codex".equals(e.details().get("model")))
            .findFirst()
            .orElseThrow();
    assertThat(last.details())
        .containsEntry("input_tokens", 34469L - 3456)
        .containsEntry("cache_read_tokens", 3456L)
        .containsEntry("output_tokens", 431L);
    assertThat(last.integer(Field.TOKENS_USED)).isEqualTo(34900);
    assertThat(last.details()).containsKey("cost_usd");
  }

  @Test
  void streamJsonGivesCallsErrorsAndHowTheRunEnded() {
    ImportReport report =
        desk.run(Desk.sample("stream-json/pr-4-ci-log-issue__session-3-log.jsonl"));

    assertThat(report.sessions()).isEqualTo(1);
    assertThat(desk.events("tool_call")).hasSize(14);
    Event end = desk.only("agent_finished");
    assertThat(end.get(Field.SUCCESS)).isEqualTo(true);
    assertThat((Double) end.details().get("total_cost_usd"))
        .isCloseTo(0.147948, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void aJsonArrayOfTurnsIsReadLikeItsLines() {
    ImportReport report = desk.run(Desk.sample("stream-json/sample-turns.json"));

    assertThat(report.lines()).isEqualTo(9);
    assertThat(desk.events("tool_call")).hasSize(3);
    assertThat(desk.run(Desk.sample("stream-json/sample-turns.json")).lines()).isZero();
  }

  @Test
  void failedRunsTellTheirErrorClass() {
    desk.run(Desk.sample("stream-json/issue-789-unrecognized-model-error__full-log.jsonl"));

    assertThat(desk.only("agent_finished").details())
        .containsEntry("error_type", "model_not_found");
    // No line shows a response, and yet the run tells that two models were paid.
    assertThat(desk.events("model_call"))
        .extracting(event -> event.details().get("cost_usd"))
        .containsExactlyInAnyOrder(0.002138, 0.02497);
  }

  @Test
  void callsOfSubagentsCarryTheirTypeInStreamJson() {
    desk.run(Desk.sample("stream-json/stream.jsonl"));

    assertThat(desk.events("tool_call").stream().map(e -> e.text(Field.AGENT_NAME)))
        .containsOnly("main", "general-purpose")
        .filteredOn("general-purpose"::equals)
        .hasSize(2);
    assertThat(desk.only("agent_started").text(Field.AGENT_NAME)).isEqualTo("general-purpose");
  }

  @Test
  void aToolCallIsItsCallAndItsResult() {
    desk.run(
        desk.file(
            "t.jsonl",
            call("t1", "Bash", "{\"command\":\"make\"}", "10:00:00.000")
                + result(
                    "t1",
                    "Exit code 2\\nmake: building\\nmake: *** fatal error: no rule",
                    true,
                    "10:00:01.250")));

    Event call = desk.only("tool_call");
    assertThat(call.integer(Field.DURATION_MS)).isEqualTo(1250);
    assertThat(call.get(Field.SUCCESS)).isEqualTo(false);
    assertThat(call.text(Field.AGENT_NAME)).isEqualTo("main");
    assertThat(call.text(Field.STORY_ID)).isEqualTo("feature/1.2-x");
    assertThat(call.details())
        .containsEntry("tool", "Bash")
        .containsEntry("input", Map.of("command", "make"))
        .containsEntry("error_type", "exit_code_2")
        .containsEntry("message", "make: *** fatal error: no rule");
  }

  @Test
  void aResultBeforeItsCallIsJoinedWhenTheCallComes() {
    desk.run(desk.file("b.jsonl", result("t1", "fine", false, "10:00:01.000")));
    assertThat(desk.events("tool_call")).isEmpty();

    desk.run(desk.file("a.jsonl", call("t1", "Read", "{}", "10:00:00.000")));

    assertThat(desk.only("tool_call").integer(Field.DURATION_MS)).isEqualTo(1000);
    assertThat(desk.only("tool_call").get(Field.SUCCESS)).isEqualTo(true);
  }

  @Test
  void whatAPersonRefusedIsARejectionAndNotTheToolsError() {
    desk.run(
        desk.file(
            "t.jsonl",
            call("t1", "Write", "{}", "10:00:00.000")
                + result(
                    "t1",
                    "The user doesn't want to proceed with this tool use. STOP",
                    true,
                    "10:00:09.000")));

    assertThat(desk.only("tool_call").details()).containsEntry("error_type", "rejected");
    assertThat(desk.only("tool_rejected").category()).isEqualTo(Category.INTERACTION);
    assertThat(desk.only("tool_rejected").details()).containsEntry("tool", "Write");
  }

  @Test
  void onlyWhatThePersonTypedIsAPrompt() {
    StringBuilder text = new StringBuilder();
    String[] injected = {
      "<command-name>/clear</command-name>",
      "<local-command-stdout></local-command-stdout>",
      "<system-reminder>be good</system-reminder>",
      "Caveat: The messages below were generated by the user while running local commands.",
    };
    for (String words : injected) {
      text.append(user("x" + text.length(), words, ""));
    }
    text.append(user("m", "meta", ",\"isMeta\":true"));
    text.append(user("c", "summary", ",\"isCompactSummary\":true"));
    text.append(user("s", "for the agent", ",\"isSidechain\":true"));
    text.append(user("p", "fix the test", ""));
    text.append(user("i", "[Request interrupted by user for tool use]", ""));

    desk.run(desk.file("t.jsonl", text.toString()));

    assertThat(desk.only("user_prompt").details()).containsEntry("text", "fix the test");
    assertThat(desk.only("user_interrupt").category()).isEqualTo(Category.INTERACTION);
  }

  @Test
  void theLargestUsageOfAResponseCountsOnce() {
    String line =
        """
        {"type":"assistant","uuid":"%s","sessionId":"s","timestamp":"2026-01-01T10:00:00Z","requestId":"r1",\
        "message":{"id":"m1","role":"assistant","model":"claude-opus-4-5-20251101","content":[],\
        "usage":{"input_tokens":10,"cache_read_input_tokens":1000,"cache_creation_input_tokens":100,"output_tokens":%d}}}
        """;
    desk.run(
        desk.file(
            "t.jsonl", line.formatted("a", 1) + line.formatted("b", 500) + line.formatted("c", 3)));

    Event call = desk.only("model_call");
    assertThat(call.integer(Field.TOKENS_USED)).isEqualTo(1610);
    assertThat(call.details())
        .containsEntry("output_tokens", 500L)
        .containsEntry("cost_usd", 0.013675);
    assertThat(call.get(Field.CONTEXT_PERCENT)).isEqualTo(0.56);
  }

  @Test
  void anUnknownModelHasAnUnknownCost() {
    desk.run(
        desk.file(
            "t.jsonl",
            """
            {"type":"assistant","uuid":"a","sessionId":"s","timestamp":"2026-01-01T10:00:00Z","requestId":"r1",\
            "message":{"id":"m1","role":"assistant","model":"claude-of-the-future","content":[],\
            "usage":{"input_tokens":10,"output_tokens":5}}}
            """));

    assertThat(desk.only("model_call").details()).doesNotContainKey("cost_usd");
  }

  @Test
  void aUsersOwnPricesGoFirst() throws IOException {
    Path prices = home.resolve("prices.json");
    Files.writeString(prices, "{\"models\":[{\"names\":[\"mine\"],\"input\":1000,\"output\":0}]}");
    desk.with(ImportOptions.defaults().prices(prices));
    String line =
        """
        {"type":"assistant","uuid":"a","sessionId":"s","timestamp":"2026-01-01T10:00:00Z","requestId":"r1",\
        "message":{"id":"m1","role":"assistant","model":"mine","content":[],"usage":{"input_tokens":3,"output_tokens":5}}}
        """;
    desk.run(desk.file("t.jsonl", line));

    assertThat(desk.only("model_call").details()).containsEntry("cost_usd", 0.003);

    Files.writeString(prices, "{\"models\":7}");
    desk.run(desk.file("u.jsonl", line));

    assertThat(desk.skipped).singleElement().asString().contains("prices.json").contains("models");
  }

  @Test
  void longTextsKeepHeadAndTailAndWhereTheWholeIs() throws IOException {
    String output = "HEAD" + "\\n\\u00e9\u00e9\\\\".repeat(5000) + "TAIL";
    Path file =
        desk.file(
            "t.jsonl",
            call("t1", "Bash", "{}", "10:00:00.000") + result("t1", output, false, "10:00:01.000"));

    desk.run(file);

    Event call = desk.only("tool_call");
    String kept = String.valueOf(call.details().get("output"));
    assertThat(kept).startsWith("HEAD").endsWith("TAIL").contains("bytes cut]");
    assertThat(kept.getBytes(StandardCharsets.UTF_8).length).isLessThan(9000);
    JsonNode source = new ObjectMapper().readTree(call.text(Field.SOURCE));
    assertThat(source.path("file").asText()).isEqualTo(file.toString());
    byte[] bytes = Files.readAllBytes(file);
    int from = source.path("result_offset").asInt();
    int length = source.path("result_length").asInt();
    assertThat(new ObjectMapper().readTree(bytes, from, length).path("uuid").asText())
        .isEqualTo("r-t1");
  }

  @Test
  void nothingOfAnyContentIsKeptWhenNoneMayBe() {
    desk.with(ImportOptions.defaults().capture(Capture.NONE));

    desk.run(
        desk.file(
            "t.jsonl",
            call("t1", "Bash", "{\"command\":\"secret plan\"}", "10:00:00.000")
                + result("t1", "secret result", false, "10:00:01.000")
                + user("p", "secret prompt", "")));

    assertThat(desk.content().toString()).doesNotContain("secret").contains("Bash");
  }

  @Test
  void theSimpleTaskLogIsReadAsItIs() {
    desk.run(
        desk.file(
            "task_logs.jsonl",
            """
            {"timestamp":"2026-01-01T10:00:00","event_type":"task_request","user_id":"U1","request":"fix it","thread_ts":"17.1"}
            {"timestamp":"2026-01-01T10:00:01","event_type":"evaluations","thread_ts":"17.1","evaluations":[{"agent":"a","confidence":80},{"agent":"b","confidence":20}],"assigned_to":"a","max_confidence":80}
            {"timestamp":"2026-01-01T10:01:01","event_type":"task_complete","thread_ts":"17.1","agent":"a","success":false,"execution_time":12.5,"error_message":"ValueError: bad"}
            """));

    assertThat(desk.only("task_request").details()).containsEntry("request", "fix it");
    assertThat(desk.events("evaluation")).hasSize(2);
    assertThat(desk.only("task_assigned").get(Field.CONFIDENCE_SCORE)).isEqualTo(0.8);
    Event outcome = desk.only("task_outcome");
    assertThat(outcome.integer(Field.DURATION_MS)).isEqualTo(12_500);
    assertThat(outcome.text(Field.TASK_ID)).isEqualTo("17.1");
    assertThat(outcome.details()).containsEntry("error_type", "ValueError");
  }

  @Test
  void aTaskLogTellsWhoWasChosenAndThatNobodyWas() {
    desk.run(
        desk.file(
            "task_logs.jsonl",
            """
            {"timestamp":"2026-01-01T10:00:01","event_type":"evaluations","thread_ts":17.10001,"evaluations":{"a":80,"b":20.5},"assigned_to":"a","max_confidence":80}
            {"timestamp":"2026-01-01T10:00:02","event_type":"evaluations","thread_ts":"17.2","evaluations":null,"assigned_to":null,"max_confidence":0}
            {"timestamp":"2026-01-01T10:00:03","event_type":"task_assigned","thread_ts":"17.3","agent":"b","confidence":55,"error_message":"kept"}
            {"timestamp":"2026-01-01T10:01:01","event_type":"task_complete","thread_ts":"17.3","agent":"b","success":false,"execution_time":0.5,"error_message":"ValueError: bad"}
            """));

    assertThat(desk.events("evaluation"))
        .allMatch(event -> "17.10001".equals(event.text(Field.TASK_ID)))
        .extracting(event -> event.text(Field.AGENT_NAME) + event.details().get("assigned"))
        .containsExactlyInAnyOrder("atrue", "bfalse");
    assertThat(desk.only("task_unassigned").text(Field.TASK_ID)).isEqualTo("17.2");
    assertThat(desk.events("task_assigned").getLast().real(Field.CONFIDENCE_SCORE)).isEqualTo(0.55);
    assertThat(desk.events("task_assigned").getLast().details())
        .containsEntry("error_message", "kept");
    assertThat(desk.only("task_outcome").details())
        .containsEntry("error_message", "ValueError: bad");
  }

  @Test
  void anyLinesWithATimeAreReadAndBadLevelsAreErrors() {
    desk.run(
        desk.file(
            "app.jsonl",
            """
            {"ts":1764000000.5,"level":"ERROR","msg":"TimeoutError: no answer","logger":"x"}
            {"ts":1764000001,"level":"info","msg":"fine"}
            """));

    assertThat(desk.only("error").details())
        .containsEntry("error_type", "TimeoutError")
        .containsEntry("message", "TimeoutError: no answer");
    assertThat(desk.only("log").category()).isEqualTo(Category.EXECUTION);
    assertThat(desk.only("log").micros()).isEqualTo(1_764_000_001_000_000L);
  }

  @Test
  void linesOfUnknownKindsArePassedOverAndCounted() {
    ImportReport report =
        desk.run(
            desk.file(
                "t.jsonl",
                user("p", "hello", "")
                    + "{\"type\":\"brand-new\",\"sessionId\":\"s\",\"timestamp\":\"2026-01-01T10:00:00Z\"}\n"));

    assertThat(report.unknown()).isEqualTo(1);
    assertThat(report.quarantined()).isZero();
  }

  @Test
  void badPathsAreToldInOneSentence() throws IOException {
    assertThatThrownBy(() -> desk.run(home.resolve("missing")))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("There is no file or folder");
    Path empty = Files.createDirectories(home.resolve("empty"));
    assertThatThrownBy(() -> desk.run(empty))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("no JSONL files");
    assertThatThrownBy(() -> desk.run(desk.file("x.txt", "hello\nworld\n")))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("Nothing known was found")
        .hasMessageContaining("--as");
  }

  private static String call(String id, String tool, String input, String time) {
    return """
    {"type":"assistant","uuid":"c-%1$s","sessionId":"s","cwd":"/home/dev/shop","gitBranch":"feature/1.2-x","timestamp":"2026-01-01T%4$sZ",\
    "message":{"id":"m-%1$s","role":"assistant","content":[{"type":"tool_use","id":"%1$s","name":"%2$s","input":%3$s}]}}
    """
        .formatted(id, tool, input, time);
  }

  private static String result(String id, String content, boolean error, String time) {
    return """
    {"type":"user","uuid":"r-%1$s","sessionId":"s","cwd":"/home/dev/shop","gitBranch":"feature/1.2-x","timestamp":"2026-01-01T%4$sZ",\
    "message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"%1$s","content":"%2$s","is_error":%3$s}]}}
    """
        .formatted(id, content, error, time);
  }

  private static String user(String uuid, String text, String more) {
    return """
    {"type":"user","uuid":"%s","sessionId":"s","timestamp":"2026-01-01T10:00:00Z"%s,"message":{"role":"user","content":"%s"}}
    """
        .formatted(uuid, more, text);
  }
}
