package dev.flightlog.webhooks;

import dev.flightlog.tasks.Outage;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.folder.TaskMetrics;
import dev.flightlog.tasks.folder.TaskResult;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.provider.Message;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the task that a command asks for: its folder, then its place in the queue. Doing it again
 * changes nothing, because the task's id comes from the delivery's. Safe for any thread; blocks for
 * disk and queue.
 */
final class TaskCreation {
  private final TaskFolders folders;
  private final TaskQueue queue;
  private final Outage outage;
  private final InstantSource clock;

  TaskCreation(TaskFolders folders, TaskQueue queue, Outage outage, InstantSource clock) {
    this.folders = folders;
    this.queue = queue;
    this.outage = outage;
    this.clock = clock;
  }

  /**
   * Makes the task, or what is missing of it. One of which a person has to decide first is parked,
   * and in no queue: {@code flightlog task retry} runs it.
   *
   * @param attempt from 1, for the stages
   * @throws IOException when its folder cannot be made
   * @throws QueueException when the queue does not take it
   */
  void make(Delivery delivery, StageLog flow, Matching.Commanded commanded, int attempt)
      throws IOException {
    Task task = createFolder(delivery, flow, commanded, attempt);
    if (commanded.undecided().isPresent()) {
      park(task.taskId(), commanded.undecided().get());
    } else {
      push(flow, task.taskId(), attempt);
    }
  }

  private Task createFolder(
      Delivery delivery, StageLog flow, Matching.Commanded commanded, int attempt)
      throws IOException {
    TaskId id = TaskId.ofKey(delivery.key());
    Message.Request request = commanded.request();
    Instant began = clock.instant();
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("provider", delivery.provider());
    metadata.put("event_type", delivery.event());
    metadata.put("webhook_id", delivery.id());
    metadata.put("command", commanded.command().name());
    metadata.put("user_id", request.speaker().name());
    metadata.putAll(request.metadata());
    Task queued = Task.queued(id, "webhook", delivery.provider(), began, commanded.agent());
    Task task = commanded.undecided().isPresent() ? queued.withStatus(TaskStatus.PARKED) : queued;
    boolean created;
    try {
      created = flow.createFolder(task, new TaskInput(request.text(), metadata));
    } catch (IOException | RuntimeException e) {
      flow.failed(failure(Stage.TASK_CREATED, began, e), attempt);
      throw e;
    }
    Map<String, @Nullable Object> fields = fields("status", created ? "created" : "there already");
    fields.put("task_id", id.value());
    flow.complete(Stage.of(Stage.TASK_CREATED, began, clock.instant(), true, fields));
    return task;
  }

  /** Says why it waits, unless somebody has decided already. */
  private void park(TaskId id, String reason) throws IOException {
    boolean waits =
        folders.find(id).map(known -> known.status() == TaskStatus.PARKED).orElse(false);
    if (waits && folders.result(id).isEmpty()) {
      String mend = reason + "; to run it all the same: flightlog task retry " + id;
      folders.finish(id, new TaskResult(false, null, mend, TaskMetrics.UNKNOWN, clock.instant()));
    }
  }

  private void push(StageLog flow, TaskId id, int attempt) throws IOException {
    Instant began = clock.instant();
    boolean waits = folders.find(id).map(known -> known.status() == TaskStatus.QUEUED).orElse(true);
    boolean pushed;
    try {
      pushed = waits && queue.push(id);
      outage.worked();
    } catch (QueueException e) {
      flow.failed(failure(Stage.QUEUE_PUSH, began, e), attempt);
      throw e;
    }
    Map<String, @Nullable Object> fields = fields("status", pushed ? "pushed" : "there already");
    fields.put("queue", queue.name());
    if (attempt > 1) {
      fields.put("attempts", attempt);
    }
    flow.complete(Stage.of(Stage.QUEUE_PUSH, began, clock.instant(), true, fields));
  }

  private Stage failure(String stage, Instant began, Throwable failure) {
    Map<String, @Nullable Object> fields = fields("status", "failed");
    fields.put("reason", String.valueOf(failure.getMessage()));
    return Stage.of(stage, began, clock.instant(), false, fields);
  }

  private static Map<String, @Nullable Object> fields(String key, @Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(key, value);
    return fields;
  }
}
