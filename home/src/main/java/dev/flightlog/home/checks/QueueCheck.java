package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskListing;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;

/** Whether the queue answers, and knows every task that waits by its folder. */
final class QueueCheck {
  private QueueCheck() {}

  static Check of(Home home) throws IOException {
    boolean unused =
        !Files.exists(home.settings().taskLogs())
            && home.settings().text(Setting.QUEUE_ADDRESS).isEmpty();
    if (unused) {
      return Check.ok("queue", "no task yet");
    }
    try (HomeTasks tasks = HomeTasks.of(home);
        TaskQueue queue = HomeTasks.queue(home)) {
      Set<TaskId> known = new HashSet<>();
      for (QueueEntry entry : queue.pending()) {
        known.add(entry.taskId());
      }
      Task lost = null;
      int missing = 0;
      TaskListing listing = tasks.folders().list();
      if (!listing.unreadable().isEmpty()) {
        return Check.wrong(
            "queue",
            Units.count(listing.unreadable().size(), "task folder")
                + " tells no task: "
                + listing.unreadable().getFirst().reason());
      }
      for (Task task : listing.tasks()) {
        if (task.status() == TaskStatus.QUEUED && !known.contains(task.taskId())) {
          lost = task;
          missing++;
        }
      }
      if (lost != null) {
        return Check.wrong(
            "queue",
            Units.count(missing, "task")
                + " queued by the folder and unknown to the queue: a worker enters them again when it"
                + " starts, or: flightlog task retry "
                + lost.taskId());
      }
      int broken = queue.broken().size();
      if (broken > 0) {
        return Check.wrong(
            "queue",
            Units.count(broken, "record")
                + " of the queue could not be understood and were set aside");
      }
      return Check.ok("queue", Units.count(known.size(), "task") + " in " + queue.name());
    } catch (QueueException e) {
      return Check.wrong("queue", Checkup.message(e));
    }
  }
}
