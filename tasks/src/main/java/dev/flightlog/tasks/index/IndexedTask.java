package dev.flightlog.tasks.index;

import dev.flightlog.tasks.TaskField;
import dev.flightlog.tasks.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the index knows it; what is not known is null. Immutable.
 *
 * @param taskId of a task with a folder the name of the folder; of an imported one any text
 * @param source how it came: {@code webhook}, {@code cli}, {@code api}; {@code events} when only
 *     events tell of it
 * @param userId who asked
 * @param request what was asked, redacted, at most {@link #LONGEST} characters
 * @param agentType what kind of agent {@code agent} is
 * @param confidence how sure the agent was that has it, 0 to 1
 * @param evaluations how sure each agent was that was asked, 0 to 1
 * @param costUsd US dollars
 * @param error why it failed, or why no agent got it
 */
public record IndexedTask(
    String taskId,
    String source,
    @Nullable String provider,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    TaskStatus status,
    @Nullable String userId,
    @Nullable String request,
    @Nullable String agent,
    @Nullable String agentType,
    @Nullable String model,
    @Nullable Double confidence,
    Map<String, Double> evaluations,
    @Nullable Boolean success,
    @Nullable Long durationMs,
    @Nullable Double costUsd,
    @Nullable String error) {
  /** Characters of a request or an error that are kept. */
  public static final int LONGEST = 16_384;

  /** The value of a field: a text, time, flag, number, or a map of numbers; null when unknown. */
  public @Nullable Object value(TaskField field) {
    return switch (field) {
      case TASK_ID -> taskId;
      case SOURCE -> source;
      case PROVIDER -> provider;
      case CREATED_AT -> createdAt;
      case STARTED_AT -> startedAt;
      case ENDED_AT -> endedAt;
      case STATUS -> status.word();
      case USER_ID -> userId;
      case REQUEST -> request;
      case ASSIGNED_AGENT -> agent;
      case AGENT_TYPE -> agentType;
      case MODEL -> model;
      case CONFIDENCE -> confidence;
      case EVALUATIONS -> evaluations;
      case SUCCESS -> success;
      case DURATION_MS -> durationMs;
      case COST_USD -> costUsd;
      case ERROR -> error;
    };
  }
}
