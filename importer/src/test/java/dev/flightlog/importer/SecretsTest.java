package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets planted in every place a reader looks at appear nowhere on disk. */
class SecretsTest {
  private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6";

  @TempDir Path home;

  @Test
  void noPlantedSecretReachesIndexQuarantineOrReport() throws IOException {
    List<Path> files = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(home.resolve("index.db"))) {
      Desk desk = new Desk(home, store);
      String long1 = "x ".repeat(2040) + TOKEN + " y".repeat(6000);
      files.add(
          desk.file(
              "claude-" + TOKEN + ".jsonl",
              """
              {"type":"user","uuid":"u1","sessionId":"s-%1$s","cwd":"/home/%1$s","gitBranch":"f/%1$s","timestamp":"2026-01-01T00:00:00Z","message":{"role":"user","content":"use %1$s"}}
              {"type":"assistant","uuid":"a1","sessionId":"s-%1$s","timestamp":"2026-01-01T00:00:01Z","requestId":"r","message":{"id":"m","role":"assistant","model":"m-%1$s","content":[{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"curl -H 'x: %1$s'","%1$s":1}},{"type":"tool_use","id":"t2","name":"Task","input":{"subagent_type":"%1$s","prompt":"%1$s","description":"%1$s"}}],"usage":{"input_tokens":1,"output_tokens":1},"stop_reason":"%1$s"}}
              {"type":"user","uuid":"u2","sessionId":"s-%1$s","timestamp":"2026-01-01T00:00:02Z","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true,"content":"Exit code 1\\nError: %1$s %2$s"},{"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"%1$s"}]}]}}
              {"type":"system","subtype":"api_error","uuid":"e1","sessionId":"s-%1$s","timestamp":"2026-01-01T00:00:03Z","error":{"status":500,"message":"%1$s"}}
              {"type":"assistant","torn":"%1$s
              """
                  .formatted(TOKEN, long1)));
      files.add(
          desk.file(
              "codex.jsonl",
              """
              {"timestamp":"2026-01-01T00:00:00Z","type":"session_meta","payload":{"id":"c-%1$s","cwd":"/%1$s","git":{"branch":"%1$s"}}}
              {"timestamp":"2026-01-01T00:00:01Z","type":"response_item","payload":{"type":"function_call","call_id":"k1","name":"n-%1$s","arguments":"{\\"a\\":\\"%1$s\\"}"}}
              {"timestamp":"2026-01-01T00:00:02Z","type":"response_item","payload":{"type":"function_call_output","call_id":"k1","output":"Exit code: 1\\nOutput:\\nfatal: %1$s"}}
              {"timestamp":"2026-01-01T00:00:03Z","type":"event_msg","payload":{"type":"error","message":"%1$s"}}
              {"timestamp":"2026-01-01T00:00:04Z","type":"event_msg","payload":{"type":"user_message","message":"%1$s"}}
              """
                  .formatted(TOKEN)));
      files.add(
          desk.file(
              "tasks.jsonl",
              """
              {"timestamp":"2026-01-01T00:00:00","event_type":"task_request","thread_ts":"%1$s","request":"%1$s","%1$s":"k"}
              {"timestamp":"2026-01-01T00:00:01","event_type":"evaluations","thread_ts":"1","evaluations":{"%1$s":5},"assigned_to":"%1$s"}
              {"timestamp":"2026-01-01T00:00:02","event_type":"task_complete","thread_ts":"1","agent":"%1$s","success":false,"execution_time":1,"error_message":"%1$s"}
              """
                  .formatted(TOKEN)));
      files.add(
          desk.file(
              "any.jsonl",
              """
              {"time":"2026-01-01T00:00:00","level":"error","msg":"%1$s","session":"%1$s","agent":"%1$s","event":"%1$s"}
              """
                  .formatted(TOKEN)));
      files.add(
          desk.file(
              "story_a_20260101.jsonl",
              """
              {"timestamp":"2026-01-01T00:00:00Z","event_type":"note","session_id":"%1$s","details":{"k":"%1$s"}}
              {"timestamp":"2026-01-01T00:00:00Z","event_type":"note","details":{"k":"%2$s"}}
              broken %1$s
              """
                  .formatted(TOKEN, long1)));
      ImportReport report = desk.run(home.resolve("in"));

      assertThat(report.quarantined()).isEqualTo(2);
      assertThat(report.imported()).isGreaterThan(15);
      assertThat(desk.content().toString()).contains("[redacted:").doesNotContain(TOKEN);
      assertNowhere();
    }
    assertNowhere();
  }

  private void assertNowhere() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(home.resolve("in"))) {
          String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          assertThat(bytes.contains(TOKEN)).as(file.toString()).isFalse();
        }
      }
    }
  }
}
