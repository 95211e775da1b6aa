package dev.flightlog.tasks.folder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended; the content of {@code 04-final-result.json}. Immutable.
 *
 * @param result what the agent answered; null when it gave no answer
 * @param error why there is no success; null after a success
 */
public record TaskResult(
    boolean success,
    @Nullable String result,
    @Nullable String error,
    TaskMetrics metrics,
    Instant completedAt) {}
