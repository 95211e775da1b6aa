package dev.flightlog.tasks.folder;

import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import java.util.List;

/**
 * What the folder of folders holds, in no order. Immutable.
 *
 * @param unreadable folders whose metadata tells no task
 */
public record TaskListing(List<Task> tasks, List<Unreadable> unreadable) {
  public TaskListing {
    tasks = List.copyOf(tasks);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * A folder whose metadata tells no task.
   *
   * @param reason what is wrong, with the file's name
   */
  public record Unreadable(TaskId id, String reason) {}
}
