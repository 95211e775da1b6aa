package dev.flightlog.runs.record;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Adds up what the entries of a step or a run count. */
final class MeasureSums {
  private OptionalLong durationMs = OptionalLong.empty();
  private long retries;
  private long apiCalls;
  private long llmRequests;
  private long inputTokens;
  private long outputTokens;
  private long cacheReadTokens;
  private long cacheWriteTokens;
  private double costUsd;
  private long priced;
  private long errors;
  private long warnings;
  private long downtimeMs;

  void add(String type, String level, Map<?, ?> details) {
    switch (type) {
      case "retry" -> retries++;
      case "api_call" -> apiCalls++;
      case "downtime" -> downtimeMs += whole(details, "duration_ms");
      case "step_finished" -> {
        if (details.containsKey("duration_ms")) {
          durationMs = OptionalLong.of(durationMs.orElse(0) + whole(details, "duration_ms"));
        }
      }
      case "model_call" -> {
        apiCalls++;
        llmRequests++;
        inputTokens += whole(details, "input_tokens");
        outputTokens += whole(details, "output_tokens");
        cacheReadTokens += whole(details, "cache_read_tokens");
        cacheWriteTokens += whole(details, "cache_write_tokens");
        if (details.get("cost_usd") instanceof Number cost) {
          costUsd += cost.doubleValue();
          priced++;
        }
      }
      default -> {
        // The beginning of something counts nothing.
      }
    }
    switch (level) {
      case "ERROR" -> errors++;
      case "WARNING" -> warnings++;
      default -> {
        // Nothing to see to.
      }
    }
  }

  private static long whole(Map<?, ?> details, String key) {
    return details.get(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  void duration(OptionalLong millis) {
    durationMs = millis;
  }

  Measures sums() {
    return new Measures(
        durationMs,
        retries,
        apiCalls,
        llmRequests,
        inputTokens,
        outputTokens,
        cacheReadTokens,
        cacheWriteTokens,
        priced == 0 ? OptionalDouble.empty() : OptionalDouble.of(costUsd),
        llmRequests - priced,
        errors,
        warnings,
        downtimeMs);
  }
}
