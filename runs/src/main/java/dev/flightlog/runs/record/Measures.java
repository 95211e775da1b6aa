package dev.flightlog.runs.record;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was counted, of a step or in all.
 *
 * @param durationMs how long it took, of a run from its start to its end; empty when that is not
 *     known, as of what has not ended, or was imported from where no times are told
 * @param apiCalls calls of programming interfaces, those to models among them
 * @param llmRequests requests to models
 * @param inputTokens without those read from a cache
 * @param costUsd the sum of what is known; empty when of no request it is known
 * @param unpriced how many requests have no known cost
 */
public record Measures(
    OptionalLong durationMs,
    long retries,
    long apiCalls,
    long llmRequests,
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    OptionalDouble costUsd,
    long unpriced,
    long errors,
    long warnings,
    long downtimeMs) {

  /** What a model was given, from a cache or not. */
  public long promptTokens() {
    return inputTokens + cacheReadTokens + cacheWriteTokens;
  }

  public long totalTokens() {
    return promptTokens() + outputTokens;
  }
}
