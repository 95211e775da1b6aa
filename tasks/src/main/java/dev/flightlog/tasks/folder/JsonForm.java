package dev.flightlog.tasks.folder;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a task's files as JSON objects and back. What a file has beyond the known fields is
 * kept when it is written again. Stateless.
 */
final class JsonForm {
  private JsonForm() {}

  /** Puts the task's fields over those that were there; known ones first when there are none. */
  static Map<String, @Nullable Object> of(Task task, Map<String, @Nullable Object> former) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    put(all, "task_id", task.taskId().value());
    put(all, "source", task.source());
    put(all, "provider", task.provider());
    put(all, "created_at", time(task.createdAt()));
    put(all, "started_at", time(task.startedAt()));
    put(all, "status", task.status().word());
    put(all, "assigned_agent", task.assignedAgent());
    put(all, "agent_type", task.agentType());
    put(all, "model", task.model());
    former.forEach((key, value) -> {
      if (!isField(key)) {
        all.put(key, value);
      }
    });
    return all;
  }

  private static boolean isField(String key) {
    return switch (key) {
      case "task_id",
          "source",
          "provider",
          "created_at",
          "started_at",
          "status",
          "assigned_agent",
          "agent_type",
          "model" ->
          true;
      default -> false;
    };
  }

  /**
   * @throws IllegalArgumentException when a field that every task has is missing or wrong
   */
  static Task task(Map<String, @Nullable Object> map) {
    String status = text(map, "status");
    Instant created = instant(map, "created_at");
    if (created == null) {
      throw new IllegalArgumentException("created_at is missing");
    }
    return new Task(
        new TaskId(String.valueOf(map.get("task_id"))),
        text(map, "source") instanceof String source ? source : "unknown",
        text(map, "provider"),
        created,
        instant(map, "started_at"),
        TaskStatus.of(String.valueOf(status))
            .orElseThrow(
                () -> new IllegalArgumentException("there is no status \"" + status + "\"")),
        text(map, "assigned_agent"),
        text(map, "agent_type"),
        text(map, "model"));
  }

  static Map<String, @Nullable Object> of(TaskInput input) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("message", input.message());
    all.put("source_metadata", input.sourceMetadata());
    return all;
  }

  static TaskInput input(Map<String, @Nullable Object> map) {
    String message = text(map, "message");
    if (message == null) {
      throw new IllegalArgumentException("message is missing");
    }
    return new TaskInput(message, object(map, "source_metadata"));
  }

  static Map<String, @Nullable Object> of(TaskResult result) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("success", result.success());
    all.put("result", result.result());
    all.put("error", result.error());
    all.put("metrics", of(result.metrics()));
    all.put("completed_at", time(result.completedAt()));
    return all;
  }

  static Map<String, @Nullable Object> of(TaskMetrics metrics) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    put(all, "cost_usd", metrics.costUsd());
    put(all, "input_tokens", metrics.inputTokens());
    put(all, "output_tokens", metrics.outputTokens());
    put(all, "duration_seconds", metrics.durationSeconds());
    return all;
  }

  static TaskResult result(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> metrics = object(map, "metrics");
    Instant completed = instant(map, "completed_at");
    if (completed == null || !(map.get("success") instanceof Boolean success)) {
      throw new IllegalArgumentException("success or completed_at is missing");
    }
    return new TaskResult(
        success,
        text(map, "result"),
        text(map, "error"),
        new TaskMetrics(
            metrics.get("cost_usd") instanceof Number cost ? cost.doubleValue() : null,
            metrics.get("input_tokens") instanceof Number in ? in.longValue() : null,
            metrics.get("output_tokens") instanceof Number out ? out.longValue() : null,
            metrics.get("duration_seconds") instanceof Number took ? took.doubleValue() : null),
        completed);
  }

  static byte[] encode(Map<String, @Nullable Object> map) {
    return new JsonWriter().value(map).toByteArray();
  }

  /** UTC, to the millisecond at most. */
  static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static void put(Map<String, @Nullable Object> all, String key, @Nullable Object value) {
    if (value != null) {
      all.put(key, value);
    }
  }

  private static @Nullable String text(Map<String, @Nullable Object> map, String key) {
    return map.get(key) instanceof String text ? text : null;
  }

  private static @Nullable Instant instant(Map<String, @Nullable Object> map, String key) {
    String text = text(map, key);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(key + " is no time: " + text, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> map, String key) {
    return map.get(key) instanceof Map<?, ?> inner
        ? (Map<String, @Nullable Object>) inner
        : Map.of();
  }
}
