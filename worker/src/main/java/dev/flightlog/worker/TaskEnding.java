package dev.flightlog.worker;

import dev.flightlog.event.EventIds;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskMetrics;
import dev.flightlog.tasks.folder.TaskResult;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.tasks.queue.TaskQueue.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How tasks end, whoever ends them: the final result, the status, and a {@code task_outcome} event.
 * Safe for any thread; every call blocks for disk or network.
 */
public final class TaskEnding {
  /** The field of the metadata that tells how far a running task is. */
  static final String PROGRESS = "progress";

  private final TaskFolders folders;
  private final FlightRecorder recorder;

  public TaskEnding(TaskFolders folders, FlightRecorder recorder) {
    this.folders = folders;
    this.recorder = recorder;
  }

  /**
   * Cancels a task. When nobody works on it, it has ended when this returns; else its worker ends
   * the agent within some seconds.
   */
  public Cancellation cancel(TaskQueue queue, TaskId id, Instant now) throws IOException {
    Cancellation cancelled = queue.cancel(id);
    if (cancelled == Cancellation.CANCELLED) {
      end(
          id,
          TaskStatus.CANCELLED,
          new TaskResult(false, null, "cancelled before it ran", TaskMetrics.UNKNOWN, now));
    }
    return cancelled;
  }

  /** Makes a parked task wait for an agent again; false when it is not parked. */
  public boolean retry(TaskQueue queue, TaskId id) throws IOException {
    boolean ready = queue.retry(id);
    if (ready) {
      folders.update(id, task -> with(task, TaskStatus.QUEUED));
    }
    return ready;
  }

  /** Writes that a task has ended so; a result comes before the status that announces it. */
  Optional<Task> end(TaskId id, TaskStatus status, TaskResult result) throws IOException {
    folders.finish(id, result);
    Map<String, @Nullable Object> noProgress = new HashMap<>();
    noProgress.put(PROGRESS, null);
    Optional<Task> ended = folders.update(id, task -> with(task, status), noProgress);
    ended.ifPresent(task -> record(task, status, result));
    return ended;
  }

  private void record(Task task, TaskStatus status, TaskResult result) {
    TaskMetrics metrics = result.metrics();
    EventBuilder event =
        recorder
            .outcome(task.taskId().value(), task.assignedAgent(), result.success())
            .id(EventIds.ofKey("task_outcome:" + task.taskId() + ":" + result.completedAt()))
            .at(result.completedAt())
            .detail("status", status.word())
            .detail("model", task.model())
            .errorMessage(result.error());
    if (!result.success()) {
      event.detail("error_type", "task_" + status.word());
    }
    if (metrics.durationSeconds() != null) {
      event.duration(Duration.ofMillis(Math.round(metrics.durationSeconds() * 1000)));
    }
    // Not cost_usd and not tokens: the calls of models that made them are events of their own.
    if (metrics.costUsd() != null) {
      event.detail("total_cost_usd", metrics.costUsd().doubleValue());
    }
    event.log();
  }

  static Task with(Task task, TaskStatus status) {
    return new Task(
        task.taskId(),
        task.source(),
        task.provider(),
        task.createdAt(),
        task.startedAt(),
        status,
        task.assignedAgent(),
        task.agentType(),
        task.model());
  }
}
