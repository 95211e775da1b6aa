package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskResult;
import dev.flightlog.tasks.queue.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real runs, replayed: the totals are those that were counted independently. */
class StreamsTest {
  private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "draft-1.jsonl,        67, 0, true,  2.593711, 55361, 22767",
    "unknown-model.jsonl,   0, 0, false, 0.027108,  2237,   979",
    "ci-log-1.jsonl,       65, 9, true,  1.890615, 43111, 26403",
    "ci-log-3.jsonl,       14, 0, true,  0.147948, 20464,  2649",
    "revert-2.jsonl,       28, 0, true,  0.363988, 30239,  7503"
  })
  void aReplayedRunOfClaudeGivesExactlyItsTotals(
      String file, int calls, int errors, boolean success, double cost, long input, long output)
      throws Exception {
    try (Bench bench = new Bench(home, ONCE, 100 << 20)) {
      TaskId id = bench.run("cat", Bench.agent(file).toString());
      TaskResult result = bench.folders.result(id).orElseThrow();
      assertThat(result.success()).isEqualTo(success);
      assertThat(result.metrics().costUsd()).isCloseTo(cost, within(5e-7));
      assertThat(result.metrics().inputTokens()).isEqualTo(input);
      assertThat(result.metrics().outputTokens()).isEqualTo(output);
      assertThat(bench.journal("tool_call")).hasSize(calls);
      assertThat(bench.journal("tool_call").stream().filter(e -> e.contains("\"success\":false")))
          .hasSize(errors);
      String text = bench.text(id, TaskFile.AGENT_OUTPUT);
      assertThat(text.lines().filter(line -> line.contains("\"type\":\"tool_call\"")).count())
          .isEqualTo(calls);
      assertThat(bench.found(id).model()).isNotNull();
      assertThat(bench.found(id).status())
          .isEqualTo(success ? TaskStatus.SUCCEEDED : TaskStatus.PARKED);
      assertThat(result.error() == null).isEqualTo(success);
    }
  }

  @Test
  void aRunOfCodexIsUnderstood() throws Exception {
    try (Bench bench = new Bench(home, ONCE, 100 << 20)) {
      TaskId id = bench.run("cat", Bench.agent("codex.jsonl").toString());
      TaskResult result = bench.folders.result(id).orElseThrow();
      assertThat(result.success()).isTrue();
      assertThat(result.result()).isEqualTo("Mended a.c.");
      assertThat(result.metrics().inputTokens()).isEqualTo(24763 - 24448);
      assertThat(result.metrics().outputTokens()).isEqualTo(122);
      assertThat(bench.journal("tool_call")).hasSize(3);
      assertThat(bench.journal("tool_call").stream().filter(e -> e.contains("\"success\":false")))
          .singleElement()
          .asString()
          .contains("\"tool\":\"shell\"");
      assertThat(bench.journal("model_call"))
          .singleElement()
          .asString()
          .contains("\"cache_read_tokens\":24448");
    }
  }

  @Test
  void aClaudeThatEndsWithoutAResultHasFailed() throws Exception {
    try (Bench bench = new Bench(home, ONCE, 100 << 20)) {
      TaskId id = bench.run("head", "-n", "5", Bench.agent("draft-1.jsonl").toString());
      TaskResult result = bench.folders.result(id).orElseThrow();
      assertThat(result.error()).contains("without a result");
      // What it used before is counted all the same.
      assertThat(result.metrics().outputTokens()).isNotNull().isPositive();
    }
  }
}
