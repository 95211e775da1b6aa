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
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueState;
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
   * Cancels a task, also one that its queue has lost. When nobody works on it, it has ended when
   * this returns; else its worker ends the agent within some seconds.
   */
  public Cancellation cancel(TaskQueue queue, TaskId id, Instant now) throws IOException {
    Optional<TaskStatus> status = folders.find(id).map(Task::status);
    boolean open = status.isPresent() && !status.get().isFinal();
    if (open || status.equals(Optional.of(TaskStatus.PARKED))) {
      // Known to the queue from here on: whoever still runs it learns that it is not his any more.
      queue.push(id);
    }
    Cancellation cancelled = queue.cancel(id);
    boolean ends =
        cancelled == Cancellation.CANCELLED || (cancelled == Cancellation.NOTHING && open);
    if (ends) {
      end(
          id,
          TaskStatus.CANCELLED,
          new TaskResult(false, null, "cancelled before it ran", TaskMetrics.UNKNOWN, now));
    }
    return ends ? Cancellation.CANCELLED : cancelled;
  }

  /** What became of a wish to try a task again. */
  public enum Retry {
    /** It waits for an agent, with its attempts counted anew. */
    QUEUED,
    /** It waited already. */
    WAITED,
    /** Somebody works on it. */
    RUNS,
    /** It has succeeded: there is nothing to do again. */
    SUCCEEDED
  }

  /**
   * Makes a task wait for an agent again that failed, was parked or cancelled, or that its queue
   * has lost.
   *
   * @throws IOException when its folder tells no task
   */
  public Retry retry(TaskQueue queue, TaskId id) throws IOException {
    TaskStatus status =
        folders
            .find(id)
            .map(Task::status)
            .orElseThrow(() -> new IOException("task " + id + " has no folder"));
    QueueState state = queue.find(id).map(QueueEntry::state).orElse(null);
    if (status == TaskStatus.SUCCEEDED) {
      return Retry.SUCCEEDED;
    }
    if (state == QueueState.TAKEN) {
      return Retry.RUNS;
    }
    if (state == QueueState.READY && status == TaskStatus.QUEUED) {
      return Retry.WAITED;
    }
    // The folder first: killed in between, the next worker finds a queued task and retries it.
    folders.update(id, task -> task.withStatus(TaskStatus.QUEUED));
    if (!queue.retry(id)) {
      queue.push(id);
    }
    return Retry.QUEUED;
  }

  /** Writes that a task has ended so; a result comes before the status that announces it. */
  Optional<Task> end(TaskId id, TaskStatus status, TaskResult result) throws IOException {
    folders.finish(id, result);
    Map<String, @Nullable Object> noProgress = new HashMap<>();
    noProgress.put(PROGRESS, null);
    Optional<Task> ended = folders.update(id, task -> task.withStatus(status), noProgress);
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

  /** Tells of a task whose folder is broken: a result beside it where that can be, and an event. */
  void broken(TaskId id, String reason, Instant now) {
    TaskResult result = new TaskResult(false, null, reason, TaskMetrics.UNKNOWN, now);
    try {
      folders.finish(id, result);
    } catch (IOException e) {
      recorder.errorEvent(e).taskId(id.value()).component("worker").log();
    }
    record(Task.queued(id, "unknown", null, now, null), TaskStatus.PARKED, result);
  }
}
