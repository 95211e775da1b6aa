package dev.flightlog.tasks.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a search found.
 *
 * @param next asks for the next part, by {@link TaskQuery#page}; null behind the last one
 */
public record TaskPage(List<IndexedTask> tasks, @Nullable String next) {
  public TaskPage {
    tasks = List.copyOf(tasks);
  }
}
