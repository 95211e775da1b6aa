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
    @Nullable String model) {

  /** A new task that waits for an agent; the worker decides which when {@code agent} is null. */
  public static Task queued(
      TaskId id, String source, @Nullable String provider, Instant now, @Nullable String agent) {
    return new Task(id, source, provider, now, null, TaskStatus.QUEUED, agent, null, null);
  }

  public Task withStatus(TaskStatus next) {
    return new Task(
        taskId, source, provider, createdAt, startedAt, next, assignedAgent, agentType, model);
  }

  public Task withModel(@Nullable String told) {
    return new Task(
        taskId, source, provider, createdAt, startedAt, status, assignedAgent, agentType, told);
  }

  /** As it is when this agent has started; an earlier start, type or model is kept. */
  public Task started(
      Instant now, String agent, @Nullable String typeOfAgent, @Nullable String modelOfAgent) {
    return new Task(
        taskId,
        source,
        provider,
        createdAt,
        startedAt == null ? now : startedAt,
        TaskStatus.RUNNING,
        agent,
        typeOfAgent == null ? agentType : typeOfAgent,
        modelOfAgent == null ? model : modelOfAgent);
  }
}
