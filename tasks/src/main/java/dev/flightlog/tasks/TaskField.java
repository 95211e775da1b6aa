package dev.flightlog.tasks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every field of a task, defined once, in the order in which files, lists and answers have them.
 * The name of a field is its constant's in lower case. Those with a value of their {@link Task}
 * make {@code metadata.json}; the others are told by events, and known to the index of tasks.
 */
public enum TaskField {
  TASK_ID(Kind.TEXT, Presence.ALWAYS, task -> task.taskId().value()),
  SOURCE(Kind.TEXT, Presence.ALWAYS, Task::source),
  PROVIDER(Kind.TEXT, Presence.SOMETIMES, Task::provider),
  CREATED_AT(Kind.TIME, Presence.ALWAYS, task -> time(task.createdAt())),
  STARTED_AT(Kind.TIME, Presence.SOMETIMES, task -> time(task.startedAt())),
  ENDED_AT(Kind.TIME, Presence.SOMETIMES, null),
  STATUS(Kind.TEXT, Presence.ALWAYS, task -> task.status().word()),
  USER_ID(Kind.TEXT, Presence.SOMETIMES, null),
  REQUEST(Kind.TEXT, Presence.SOMETIMES, null),
  ASSIGNED_AGENT(Kind.TEXT, Presence.SOMETIMES, Task::assignedAgent),
  AGENT_TYPE(Kind.TEXT, Presence.SOMETIMES, Task::agentType),
  MODEL(Kind.TEXT, Presence.SOMETIMES, Task::model),
  CONFIDENCE(Kind.SHARE, Presence.SOMETIMES, null),
  EVALUATIONS(Kind.SHARES, Presence.ALWAYS, null),
  SUCCESS(Kind.FLAG, Presence.SOMETIMES, null),
  DURATION_MS(Kind.WHOLE, Presence.SOMETIMES, null),
  COST_USD(Kind.REAL, Presence.SOMETIMES, null),
  ERROR(Kind.TEXT, Presence.SOMETIMES, null);

  /** What the values of a field are. */
  public enum Kind {
    TEXT,
    TIME,
    FLAG,
    WHOLE,
    REAL,
    /** 0 to 1. */
    SHARE,
    /** 0 to 1, by agent. */
    SHARES
  }

  private enum Presence {
    ALWAYS,
    SOMETIMES
  }

  /** The fields of {@code metadata.json}. */
  public static final List<TaskField> OF_METADATA =
      Arrays.stream(values()).filter(field -> field.value != null).toList();

  private final Kind kind;
  private final Presence presence;
  private final @Nullable Function<Task, @Nullable String> value;

  TaskField(Kind kind, Presence presence, @Nullable Function<Task, @Nullable String> value) {
    this.kind = kind;
    this.presence = presence;
    this.value = value;
  }

  /** Its name in files, lists and answers. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  /** True when every task has one. */
  public boolean isAlwaysThere() {
    return presence == Presence.ALWAYS;
  }

  /**
   * Its value as text, times in UTC to the millisecond at most; null when the task has none, as for
   * a field that is not {@link #OF_METADATA}.
   */
  public @Nullable String of(Task task) {
    return value == null ? null : value.apply(task);
  }

  /** The field of this name in {@code metadata.json}. */
  public static Optional<TaskField> ofMetadata(String key) {
    return OF_METADATA.stream().filter(field -> field.key().equals(key)).findFirst();
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
