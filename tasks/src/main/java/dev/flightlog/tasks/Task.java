package dev.flightlog.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task at one moment; the content of its {@code metadata.json}. Immutable.
 *
 * @param source how it came: {@code webhook}, {@code cli}, {@code api}
 * @param provider whose webhook it was; null for other sources
 * @param startedAt null until an agent has started
 * @param assignedAgent the name of the configured agent that handles it
 * @param agentType what kind of agent that is, such as {@code planning}
 * @param model the model that did the work, as its output told; null until then
 */
public record Task(
    TaskId taskId,
    String source,
    @Nullable String provider,
    Instant createdAt,
    @Nullable Instant startedAt,
    TaskStatus status,
    @Nullable String assignedAgent,
    @Nullable String agentType,
    @Nullable String model) {}
