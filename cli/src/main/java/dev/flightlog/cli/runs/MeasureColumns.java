package dev.flightlog.cli.runs;

import dev.flightlog.runs.record.Measures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted of a run or a step, as columns of a table. */
final class MeasureColumns {
  static final List<String> NAMES =
      List.of(
          "duration_ms",
          "retries",
          "api_calls",
          "llm_requests",
          "prompt_tokens",
          "completion_tokens",
          "total_tokens",
          "cost_usd",
          "errors",
          "warnings");

  private MeasureColumns() {}

  /** A row that begins with these cells. */
  static @Nullable Object[] row(Measures measures, Object... first) {
    List<@Nullable Object> cells = new ArrayList<>(List.of(first));
    cells.add(measures.durationMs().isPresent() ? measures.durationMs().getAsLong() : null);
    cells.add(measures.retries());
    cells.add(measures.apiCalls());
    cells.add(measures.llmRequests());
    cells.add(measures.promptTokens());
    cells.add(measures.outputTokens());
    cells.add(measures.totalTokens());
    cells.add(measures.costUsd().isPresent() ? measures.costUsd().getAsDouble() : null);
    cells.add(measures.errors());
    cells.add(measures.warnings());
    return cells.toArray();
  }
}
