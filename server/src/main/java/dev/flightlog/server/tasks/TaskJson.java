package dev.flightlog.server.tasks;

import dev.flightlog.server.web.Schema;
import dev.flightlog.tasks.TaskField;
import dev.flightlog.tasks.index.IndexedTask;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks as JSON, and the schemas of that. Stateless. */
final class TaskJson {
  static final Schema TASK = task();

  static final Schema PAGE =
      Schema.object().always("tasks", Schema.listOf(TASK)).always("next", Schema.text().orNull());

  static final Schema FULL =
      Schema.object()
          .always("task_id", Schema.text())
          .always("metadata", Schema.object())
          .always("input", Schema.object().orNull())
          .always("webhook_flow", Schema.listOf(Schema.object()))
          .always("agent_output", Schema.listOf(Schema.object()))
          .always("final_result", Schema.object().orNull());

  private TaskJson() {}

  private static Schema task() {
    Schema task = Schema.object();
    for (TaskField field : TaskField.values()) {
      Schema value = schema(field.kind());
      task = task.always(field.key(), field.isAlwaysThere() ? value : value.orNull());
    }
    return task;
  }

  private static Schema schema(TaskField.Kind kind) {
    return switch (kind) {
      case TEXT -> Schema.text();
      case TIME -> Schema.time();
      case FLAG -> Schema.bool();
      case WHOLE -> Schema.integer();
      case REAL -> Schema.number();
      case SHARE -> Schema.number().meaning("0 to 1");
      case SHARES -> Schema.object().meaning("0 to 1, by agent");
    };
  }

  static Map<String, @Nullable Object> of(IndexedTask task) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (TaskField field : TaskField.values()) {
      Object value = task.value(field);
      json.put(field.key(), value instanceof Instant time ? time.toString() : value);
    }
    return json;
  }
}
