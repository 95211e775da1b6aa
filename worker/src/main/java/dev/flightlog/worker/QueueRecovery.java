package dev.flightlog.worker;

import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskListing;
import dev.flightlog.tasks.queue.BrokenEntry;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueState;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a queue hold again what the task folders say it must: tasks that are queued or running and
 * that it does not know, because it was lost. A running one is entered only when nobody has renewed
 * its lease for a while, since its worker may be alive and enter it by itself. For one thread.
 */
final class QueueRecovery {
  private final TaskQueue queue;
  private final TaskFolders folders;
  private final TaskEnding ending;
  private final InstantSource clock;
  private final Consumer<String> problems;
  private final Map<TaskId, Long> lost = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  QueueRecovery(
      TaskQueue queue,
      TaskFolders folders,
      TaskEnding ending,
      InstantSource clock,
      Consumer<String> problems) {
    this.queue = queue;
    this.folders = folders;
    this.ending = ending;
    this.clock = clock;
    this.problems = problems;
  }

  /**
   * Looks at every folder that is not at its end.
   *
   * @param patience how long a running task may be unknown to the queue before it is entered
   * @return true when some running task is still waited for: look again
   */
  boolean run(Duration patience) throws IOException {
    queue.mend();
    for (BrokenEntry broken : queue.broken()) {
      tell("an entry of the queue was set aside: " + broken.reason() + ": " + broken.content());
    }
    TaskListing listing = folders.list();
    for (TaskListing.Unreadable each : listing.unreadable()) {
      // One that the queue hands out is parked, and told, by whoever takes it.
      if (queue.find(each.id()).map(entry -> entry.state() == QueueState.PARKED).orElse(true)) {
        tell("task " + each.id() + " is left alone: " + each.reason());
      }
    }
    boolean again = false;
    int entered = 0;
    Set<TaskId> unknown = new HashSet<>();
    for (Task task : listing.tasks()) {
      if (!task.status().isFinal()) {
        Optional<QueueEntry> entry = queue.find(task.taskId());
        if (entry.isEmpty() && task.status() == TaskStatus.RUNNING && waitsFor(task, patience)) {
          unknown.add(task.taskId());
          again = true;
        } else if (enter(task, entry)) {
          entered++;
        }
      }
    }
    lost.keySet().retainAll(unknown);
    if (entered > 0) {
      problems.accept(
          "the queue had lost "
              + entered
              + (entered == 1 ? " task, which was" : " tasks, which were")
              + " entered again from the task folders");
    }
    return again;
  }

  private boolean waitsFor(Task task, Duration patience) {
    long now = System.nanoTime();
    long since = lost.computeIfAbsent(task.taskId(), id -> now);
    return now - since < patience.toNanos();
  }

  /** True when the queue did not have what the folder says. */
  private boolean enter(Task task, Optional<QueueEntry> found) throws IOException {
    TaskId id = task.taskId();
    if (found.isEmpty()) {
      return queue.push(id);
    }
    QueueEntry entry = found.get();
    return switch (entry.state()) {
      case READY, TAKEN -> false;
      case PARKED -> task.status() == TaskStatus.QUEUED && queue.retry(id);
      case DONE -> {
        if (entry.cancelWanted()) {
          // Whoever cancelled it died before the folder could say so.
          Instant now = clock.instant();
          ending.cancel(queue, id, now);
          yield false;
        }
        yield task.status() == TaskStatus.QUEUED && queue.retry(id);
      }
    };
  }

  private void tell(String problem) {
    if (told.add(problem)) {
      problems.accept(problem);
    }
  }
}
