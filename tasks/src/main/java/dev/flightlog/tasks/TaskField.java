package dev.flightlog.tasks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every field of a task, defined once, in the order in which {@code metadata.json} and lists have
 * them. The name of a field is its constant's in lower case.
 */
public enum TaskField {
  TASK_ID(task -> task.taskId().value()),
  SOURCE(Task::source),
  PROVIDER(Task::provider),
  CREATED_AT(task -> time(task.createdAt())),
  STARTED_AT(task -> time(task.startedAt())),
  STATUS(task -> task.status().word()),
  ASSIGNED_AGENT(Task::assignedAgent),
  AGENT_TYPE(Task::agentType),
  MODEL(Task::model);

  private final Function<Task, @Nullable String> value;

  TaskField(Function<Task, @Nullable String> value) {
    this.value = value;
  }

  /** Its name in files, lists and answers. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its value as text, times in UTC to the millisecond at most; null when the task has none. */
  public @Nullable String of(Task task) {
    return value.apply(task);
  }

  /** The field of this name. */
  public static Optional<TaskField> named(String key) {
    for (TaskField field : values()) {
      if (field.key().equals(key)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
