package dev.flightlog.tasks;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is told of tasks after their folders have changed, on the thread that changed them. Must not
 * throw; may block shortly. Called by many threads.
 */
public interface TaskListener {
  /** Does nothing. */
  TaskListener NONE = new TaskListener() {};

  /**
   * A new task.
   *
   * @param message the text for the agent, as it came
   * @param sourceMetadata what its source told about it
   */
  default void created(
      Task task, String message, Map<String, ? extends @Nullable Object> sourceMetadata) {}

  /** Its metadata are these now. */
  default void changed(Task task) {}

  /**
   * It has a result, or another one.
   *
   * @param error why there is no success, as it came; null after a success
   * @param costUsd US dollars; null when unknown
   * @param seconds from the start of the agent to its end; null when unknown
   */
  default void finished(
      TaskId task,
      boolean success,
      @Nullable String error,
      @Nullable Double costUsd,
      @Nullable Double seconds,
      Instant completedAt) {}
}
