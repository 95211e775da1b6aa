package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and sessions against a count that knows nothing of their readers. */
class RunCountsTest {
  private static final Pattern MADE_BY_THE_PROGRAM =
      Pattern.compile(
          "(?s)\\s*(<command-|<local-command|<system-reminder|<task-notification|<bash-|Caveat: |"
              + "\\[Request interrupted|This session is being continued|Stop hook feedback|Base directory for this skill).*");

  @TempDir Path home;

  private Tally.Counts imported(String sample) {
    Desk desk = new Desk(home);
    desk.run(Desk.sample(sample));
    return Tally.of(desk);
  }

  @Test
  void claudeCode() {
    Tally tally = new Tally();
    Set<String> waiting = new HashSet<>();
    for (Path file : Tally.files(Desk.sample("claude"))) {
      int number = 0;
      for (JsonNode line : Tally.lines(file)) {
        String place = file + ":" + number++;
        String session = line.path("sessionId").asText("");
        if (!session.isEmpty()) {
          tally.sessions.add(session);
        }
        JsonNode wrapped = line.path("data").path("message");
        boolean progress = line.path("type").asText().equals("progress");
        JsonNode message = progress ? wrapped.path("message") : line.path("message");
        String request = (progress ? wrapped : line).path("requestId").asText("");
        claude(message, request, place, tally, waiting);
        String text = text(message.path("content"));
        boolean person =
            line.path("type").asText().equals("user")
                && !line.path("isMeta").asBoolean()
                && !line.path("isCompactSummary").asBoolean()
                && !line.path("isVisibleInTranscriptOnly").asBoolean()
                && !line.path("isSidechain").asBoolean()
                && line.path("agentId").isMissingNode()
                && !line.path("origin").path("kind").asText().endsWith("-notification")
                && line.path("sourceToolUseID").isMissingNode();
        if (person && !text.isBlank() && !MADE_BY_THE_PROGRAM.matcher(text).matches()) {
          tally.prompts.add(line.path("uuid").asText());
        }
      }
    }

    assertThat(imported("claude")).isEqualTo(tally.counts());
  }

  private static void claude(
      JsonNode message, String request, String place, Tally tally, Set<String> open) {
    JsonNode used = message.path("usage");
    if (message.path("role").asText().equals("assistant")
        && !message.path("model").asText().equals("<synthetic>")) {
      String id = message.path("id").asText("");
      String key = id.isEmpty() ? place : id + " " + request;
      if (!used.isEmpty()) {
        tally.emptyResponse(key);
      }
      tally.response(
          key,
          used.path("input_tokens").asLong(),
          used.path("output_tokens").asLong(),
          used.path("cache_read_input_tokens").asLong(),
          used.path("cache_creation_input_tokens").asLong());
    }
    int index = 0;
    for (JsonNode block : message.path("content")) {
      switch (block.path("type").asText()) {
        case "tool_use" -> tally.calls.add(block.path("id").asText(place + "#" + index));
        case "tool_result" -> {
          open.add(block.path("tool_use_id").asText());
          if (block.path("is_error").asBoolean()) {
            tally.failed.add(block.path("tool_use_id").asText());
          }
        }
        default -> {}
      }
      index++;
    }
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      if (block.path("type").asText().equals("text")
          && !block.path("text").asText().startsWith("<system-reminder>")) {
        text.append(block.path("text").asText());
      }
    }
    return text.toString();
  }

  @Test
  void auditFilesOfClaudeDesktop() {
    Tally tally = new Tally();
    for (JsonNode line : Tally.lines(Desk.sample("cowork/audit.jsonl"))) {
      tally.sessions.add(line.path("session_id").asText());
      claude(line.path("message"), line.path("request_id").asText(), "", tally, new HashSet<>());
      if (line.path("message").path("content").isTextual()) {
        tally.prompts.add(line.path("uuid").asText());
      }
    }

    assertThat(imported("cowork")).isEqualTo(tally.counts());
    assertThat(tally.counts().failed()).isEqualTo(1);
  }

  @Test
  void streamJsonByTheTotalsOfTheRun() {
    for (String sample : new String[] {"stream-json/stream.jsonl"}) {
      Tally tally = new Tally();
      for (JsonNode line : Tally.lines(Desk.sample(sample))) {
        if (line.has("session_id")) {
          tally.sessions.add(line.path("session_id").asText());
        }
        int index = 0;
        for (JsonNode block : line.path("message").path("content")) {
          if (block.path("type").asText().equals("tool_use")) {
            tally.calls.add(block.path("id").asText("" + index++));
          }
          if (block.path("is_error").asBoolean()) {
            tally.failed.add(block.path("tool_use_id").asText());
          }
        }
        line.path("modelUsage")
            .properties()
            .forEach(model ->
                tally.response(
                    model.getKey(),
                    model.getValue().path("inputTokens").asLong(),
                    model.getValue().path("outputTokens").asLong(),
                    model.getValue().path("cacheReadInputTokens").asLong(),
                    model.getValue().path("cacheCreationInputTokens").asLong()));
      }
      Tally.Counts counts = tally.counts();
      Tally.Counts told = imported(sample);
      assertThat(told.sessions()).isEqualTo(counts.sessions());
      assertThat(told.calls()).isEqualTo(counts.calls());
      assertThat(told.failed()).isEqualTo(counts.failed());
      assertThat(told.input()).isEqualTo(counts.input());
      assertThat(told.output()).isEqualTo(counts.output());
      assertThat(told.cacheRead()).isEqualTo(counts.cacheRead());
      assertThat(told.cacheWrite()).isEqualTo(counts.cacheWrite());
    }
  }

  @Test
  void codexAlsoCompressed() throws IOException {
    Path plain = home.resolve("in/rollout.jsonl");
    Files.createDirectories(home.resolve("in"));
    Path compressed = Desk.sample("codex-compressed/rollout-0.140.jsonl.zst");
    try (InputStream in =
        new io.airlift.compress.zstd.ZstdInputStream(Files.newInputStream(compressed))) {
      Files.copy(in, plain);
    }
    Tally tally = new Tally();
    String before = "";
    int number = 0;
    for (JsonNode line : Tally.lines(plain)) {
      JsonNode payload = line.path("payload");
      number++;
      switch (payload.path("type").asText()) {
        case "function_call", "custom_tool_call", "web_search_call", "local_shell_call" ->
            tally.calls.add(payload.path("call_id").asText("n" + number));
        case "function_call_output", "custom_tool_call_output" -> {
          String output = payload.path("output").asText(payload.path("output").toString());
          if (Pattern.compile("(?:Exit code:|Process exited with code) [1-9]")
              .matcher(output)
              .find()) {
            tally.failed.add(payload.path("call_id").asText());
          }
        }
        case "user_message" -> tally.prompts.add("p" + number);
        case "token_count" -> {
          JsonNode used = payload.path("info").path("last_token_usage");
          String total = payload.path("info").path("total_token_usage").toString();
          if (!total.equals(before)) {
            long cached = used.path("cached_input_tokens").asLong();
            tally.response(
                "r" + number,
                used.path("input_tokens").asLong() - cached,
                used.path("output_tokens").asLong(),
                cached,
                0);
          }
          before = total;
        }
        default -> {}
      }
      if (line.path("type").asText().equals("session_meta")) {
        tally.sessions.add(payload.path("id").asText());
      }
    }

    assertThat(imported("codex-compressed")).isEqualTo(tally.counts());
    assertThat(tally.responses).hasSizeGreaterThan(5);
  }

  @Test
  void codexExec() {
    Tally tally = new Tally();
    for (JsonNode line : Tally.lines(Desk.sample("codex-exec/run.jsonl"))) {
      JsonNode item = line.path("item");
      if (line.has("thread_id")) {
        tally.sessions.add(line.path("thread_id").asText());
      }
      if (item.path("type").asText().equals("command_execution")) {
        tally.calls.add(item.path("id").asText());
        if (item.path("exit_code").asLong() != 0) {
          tally.failed.add(item.path("id").asText());
        }
      }
      JsonNode used = line.path("usage");
      long cached = used.path("cached_input_tokens").asLong();
      tally.response(
          "turn",
          used.path("input_tokens").asLong() - cached,
          used.path("output_tokens").asLong(),
          cached,
          0);
    }

    assertThat(imported("codex-exec")).isEqualTo(tally.counts());
  }

  @Test
  void gemini() {
    Tally tally = new Tally();
    JsonNode chat = Tally.document(Desk.sample("gemini/chat.json"));
    tally.sessions.add(chat.path("sessionId").asText());
    for (JsonNode message : chat.path("messages")) {
      String id = message.path("id").asText();
      if (message.path("type").asText().equals("user")) {
        tally.prompts.add(id);
      }
      for (JsonNode call : message.path("toolCalls")) {
        tally.calls.add(call.path("id").asText());
        if (call.path("status").asText().matches("error|cancelled")) {
          tally.failed.add(call.path("id").asText());
        }
      }
      JsonNode used = message.path("tokens");
      long cached = used.path("cached").asLong();
      tally.response(
          id,
          used.path("input").asLong() - cached + used.path("tool").asLong(),
          used.path("output").asLong() + used.path("thoughts").asLong(),
          cached,
          0);
    }

    assertThat(imported("gemini")).isEqualTo(tally.counts());
  }

  @Test
  void theNewLinesOfGeminiSayTheSame() throws IOException {
    JsonNode chat = Tally.document(Desk.sample("gemini/chat.json"));
    StringBuilder lines = new StringBuilder();
    lines
        .append("{\"sessionId\":\"")
        .append(chat.path("sessionId").asText())
        .append("\",\"projectHash\":\"p\",\"startTime\":")
        .append(chat.path("startTime"))
        .append("}\n");
    for (JsonNode message : chat.path("messages")) {
      // A message is written when it begins, and again when it is whole.
      lines.append("{\"id\":").append(message.path("id")).append(",\"timestamp\":");
      lines.append(message.path("timestamp")).append(",\"type\":").append(message.path("type"));
      lines.append(",\"content\":\"\"}\n").append(message).append('\n');
    }
    lines.append("{\"$rewindTo\":").append(chat.path("messages").get(0).path("id")).append("}\n");
    Desk desk = new Desk(home.resolve("lines"));
    desk.run(desk.file("chat.jsonl", lines.toString().getBytes(StandardCharsets.UTF_8)));

    assertThat(Tally.of(desk)).isEqualTo(imported("gemini"));
  }

  @Test
  void sweAgent() {
    JsonNode run = Tally.document(Desk.sample("trajectory/rock.traj"));
    int calls = 0;
    for (JsonNode step : run.path("trajectory")) {
      calls += step.path("action").asText().isBlank() ? 0 : 1;
    }

    assertThat(imported("trajectory/rock.traj").calls()).isEqualTo(calls);
    assertThat(imported("trajectory/rock.traj").sessions()).isEqualTo(1);
  }

  @Test
  void miniSweAgent() {
    JsonNode run = Tally.document(Desk.sample("trajectory/github_issue.traj.json"));
    int calls = 0;
    int failed = 0;
    for (JsonNode message : run) {
      String text = text(message.path("content"));
      calls += message.path("role").asText().equals("assistant") && text.contains("```") ? 1 : 0;
      failed += Pattern.compile("<returncode>[1-9]").matcher(text).find() ? 1 : 0;
    }
    Tally.Counts told = imported("trajectory/github_issue.traj.json");

    assertThat(told.calls()).isEqualTo(calls);
    assertThat(told.failed()).isEqualTo(failed);
  }

  @Test
  void openHands() {
    Set<String> kinds = Set.of("run", "edit", "read", "write", "run_ipython", "browse");
    int calls = 0;
    int prompts = 0;
    JsonNode run = Tally.document(Desk.sample("trajectory/openhands-interactions.json"));
    for (JsonNode event : run) {
      calls += kinds.contains(event.path("action").asText()) ? 1 : 0;
      prompts +=
          event.path("action").asText().equals("message")
                  && event.path("source").asText().equals("user")
              ? 1
              : 0;
    }
    Tally.Counts told = imported("trajectory/openhands-interactions.json");

    assertThat(told.calls()).isEqualTo(calls);
    assertThat(told.prompts()).isEqualTo(prompts);
  }

  @Test
  void whoAndWhen() {
    JsonNode log = Tally.document(Desk.sample("trajectory/failure-1.json"));
    int calls = 0;
    int failed = 0;
    for (JsonNode message : log.path("history")) {
      String text = message.path("content").asText();
      calls += text.startsWith("exitcode:") ? 1 : 0;
      failed += text.matches("(?s)exitcode: [1-9].*") ? 1 : 0;
    }
    Tally.Counts told = imported("trajectory/failure-1.json");

    assertThat(told.calls()).isEqualTo(calls);
    assertThat(told.failed()).isEqualTo(failed);
  }

  @Test
  void atif() {
    JsonNode run = Tally.document(Desk.sample("trajectory/atif.json"));
    int calls = 0;
    for (JsonNode step : run.path("steps")) {
      calls += step.path("tool_calls").size();
    }

    assertThat(imported("trajectory/atif.json").calls()).isEqualTo(calls);
    assertThat(imported("trajectory/atif.json").sessions()).isEqualTo(1);
  }

  @Test
  void agentRxAndTauBench() {
    Tally tally = new Tally();
    JsonNode run = Tally.document(Desk.sample("agentrx/104.json"));
    tally.sessions.add("one");
    for (JsonNode message : run.path("traj")) {
      String place = message.path("index").asText();
      for (JsonNode call : message.path("tool_calls")) {
        tally.calls.add(call.path("id").asText());
      }
      switch (message.path("role").asText()) {
        case "user" -> tally.prompts.add(place);
        case "tool" -> {
          if (message.path("content").asText().startsWith("Error")) {
            tally.failed.add(message.path("tool_call_id").asText());
          }
        }
        default -> {}
      }
    }
    Desk desk = new Desk(home);
    desk.run(Desk.sample("agentrx/104.json"));

    assertThat(Tally.of(desk)).isEqualTo(tally.counts());
    assertThat(desk.only("tool_call").integer(Field.STEP)).isEqualTo(3);
    assertThat(desk.only("task_outcome").get(Field.SUCCESS)).isEqualTo(false);
  }
}
