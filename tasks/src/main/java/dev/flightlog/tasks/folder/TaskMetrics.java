package dev.flightlog.tasks.folder;

import org.jspecify.annotations.Nullable;

/**
 * What a task took. What is not known is null and is not written.
 *
 * @param costUsd US dollars, subagents included
 * @param inputTokens of all models, without what came from or went to a cache
 * @param outputTokens of all models
 * @param durationSeconds from the start of the agent to its end
 */
public record TaskMetrics(
    @Nullable Double costUsd,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Double durationSeconds) {
  public static final TaskMetrics UNKNOWN = new TaskMetrics(null, null, null, null);
}
