package dev.flightlog.server.tasks;

import dev.flightlog.server.web.Schema;
import dev.flightlog.tasks.index.IndexedTask;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks as JSON, and the schemas of that. Stateless. */
final class TaskJson {
  static final Schema TASK =
      Schema.object()
          .always("task_id", Schema.text())
          .always("source", Schema.text())
          .always("provider", Schema.text().orNull())
          .always("created_at", Schema.time())
          .always("started_at", Schema.time().orNull())
          .always("ended_at", Schema.time().orNull())
          .always("status", Schema.text())
          .always("user_id", Schema.text().orNull())
          .always("request", Schema.text().orNull())
          .always("assigned_agent", Schema.text().orNull())
          .always("agent_type", Schema.text().orNull())
          .always("model", Schema.text().orNull())
          .always("confidence", Schema.number().orNull().meaning("0 to 1"))
          .always("evaluations", Schema.object().meaning("0 to 1, by agent"))
          .always("success", Schema.bool().orNull())
          .always("duration_ms", Schema.integer().orNull())
          .always("cost_usd", Schema.number().orNull())
          .always("error", Schema.text().orNull());

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

  static Map<String, @Nullable Object> of(IndexedTask task) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("task_id", task.taskId());
    json.put("source", task.source());
    json.put("provider", task.provider());
    json.put("created_at", task.createdAt().toString());
    json.put("started_at", text(task.startedAt()));
    json.put("ended_at", text(task.endedAt()));
    json.put("status", task.status().word());
    json.put("user_id", task.userId());
    json.put("request", task.request());
    json.put("assigned_agent", task.agent());
    json.put("agent_type", task.agentType());
    json.put("model", task.model());
    json.put("confidence", task.confidence());
    json.put("evaluations", task.evaluations());
    json.put("success", task.success());
    json.put("duration_ms", task.durationMs());
    json.put("cost_usd", task.costUsd());
    json.put("error", task.error());
    return json;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
