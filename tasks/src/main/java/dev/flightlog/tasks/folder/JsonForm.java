package dev.flightlog.tasks.folder;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskField;
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
  /** Times beyond these are mistakes, and more than a journal can hold. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private JsonForm() {}

  /** Puts the task's fields over those that were there; known ones first when there are none. */
  static Map<String, @Nullable Object> of(Task task, Map<String, @Nullable Object> former) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (TaskField field : TaskField.OF_METADATA) {
      put(all, field.key(), field.of(task));
    }
    former.forEach((key, value) -> {
      if (TaskField.ofMetadata(key).isEmpty()) {
        all.put(key, value);
      }
    });
    return all;
  }

  /**
   * @throws IllegalArgumentException when a field that every task has is missing or wrong
   */
  static Task task(Map<String, @Nullable Object> map) {
    String status = required(map, TaskField.STATUS);
    String source = text(map, TaskField.SOURCE);
    Instant created = instant(map, TaskField.CREATED_AT.key());
    if (created == null) {
      throw new IllegalArgumentException("created_at is missing or no text");
    }
    return new Task(
        new TaskId(required(map, TaskField.TASK_ID)),
        source == null ? "unknown" : source,
        text(map, TaskField.PROVIDER),
        created,
        instant(map, TaskField.STARTED_AT.key()),
        TaskStatus.of(status)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no status " + quoted(status))),
        text(map, TaskField.ASSIGNED_AGENT),
        text(map, TaskField.AGENT_TYPE),
        text(map, TaskField.MODEL));
  }

  private static @Nullable String text(Map<String, @Nullable Object> map, TaskField field) {
    return text(map, field.key());
  }

  private static String required(Map<String, @Nullable Object> map, TaskField field) {
    String text = text(map, field.key());
    if (text == null) {
      throw new IllegalArgumentException(field.key() + " is missing or no text");
    }
    return text;
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
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
    if (text == null) {
      return null;
    }
    try {
      Instant time = Instant.parse(text);
      if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(key + " is no time: " + quoted(text), e);
    }
    throw new IllegalArgumentException(key + " is no time of our era: " + quoted(text));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> map, String key) {
    return map.get(key) instanceof Map<?, ?> inner
        ? (Map<String, @Nullable Object>) inner
        : Map.of();
  }
}
