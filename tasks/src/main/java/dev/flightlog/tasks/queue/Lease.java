package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.time.Instant;

/**
 * The right to work on a task until a moment, unless it is renewed. Immutable.
 *
 * @param token what tells this lease from every other of the same task; only grows
 * @param attempt the first is 1
 * @param until when somebody else may take the task
 */
public record Lease(TaskId taskId, long token, int attempt, Instant until) {}
