package dev.flightlog.runs;

import java.util.OptionalDouble;

/**
 * What one answer of a model took.
 *
 * @param inputTokens without those read from a cache
 * @param costUsd empty when it is not known
 */
public record ModelUsage(
    String model,
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    OptionalDouble costUsd) {

  public static ModelUsage of(String model, long inputTokens, long outputTokens) {
    return new ModelUsage(model, inputTokens, outputTokens, 0, 0, OptionalDouble.empty());
  }

  /** The same with tokens read from and written to a cache. */
  public ModelUsage cache(long readTokens, long writeTokens) {
    return new ModelUsage(model, inputTokens, outputTokens, readTokens, writeTokens, costUsd);
  }

  public ModelUsage costUsd(double cost) {
    return new ModelUsage(
        model,
        inputTokens,
        outputTokens,
        cacheReadTokens,
        cacheWriteTokens,
        OptionalDouble.of(cost));
  }
}
