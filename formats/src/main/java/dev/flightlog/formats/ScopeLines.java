package dev.flightlog.formats;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.LineReader.Outcome;
import dev.flightlog.formats.usage.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the Agent Trajectory Observability Format (seen in version 0.1): scopes that start and
 * end (agent, llm, tool), and marks between them (approvals, subagents). A tool's scope failed when
 * its status or data say so.
 */
final class ScopeLines {
  private final Rows rows;
  private final Texts texts;
  private final Sessions sessions;
  private final ToolCalls calls;
  private final ModelCalls responses;
  private final @Nullable String story;
  private long lastTime;

  ScopeLines(FileContext file, ReaderSettings settings, Rows rows, Texts texts, Sessions sessions) {
    this.rows = rows;
    this.texts = texts;
    this.sessions = sessions;
    calls = new ToolCalls(rows, texts);
    responses = new ModelCalls(rows, settings.prices());
    story = new Stories(settings.story()).of(null, null);
    lastTime = file.fallbackTime();
  }

  Outcome read(RunDocument line, long offset, int length, EventBatch out) {
    Map<?, ?> about = line.map("metadata");
    Map<?, ?> data = line.map("data");
    long told = Moments.of(String.valueOf(line.text("timestamp")));
    lastTime = told == Timestamps.NONE ? lastTime : told;
    String session = about.get("session_id") instanceof String id ? texts.name(id) : null;
    String agent = about.get("platform") instanceof String name ? texts.name(name) : null;
    Where where = new Where(lastTime, session, story, agent, offset, length);
    sessions.met(session, lastTime, story);
    String name = String.valueOf(line.text("name"));
    String id = String.valueOf(line.text("uuid"));
    String kind = String.valueOf(line.text("kind"));
    if (kind.equals("mark")) {
      mark(name, id, data, where, out);
      return Outcome.READ;
    }
    if (!kind.equals("scope")) {
      return Outcome.UNKNOWN;
    }
    boolean starts = "start".equals(line.text("scope_category"));
    switch (String.valueOf(line.text("category"))) {
      case "tool" -> tool(name, id, starts, about, data, where, out);
      case "llm" -> {
        if (!starts) {
          response(id, about, data, where, out);
        }
      }
      case "agent" -> {
        String type = starts ? EventTypes.AGENT_STARTED : EventTypes.AGENT_FINISHED;
        rows.begin(out, Mode.MERGE, type + ":" + id, type, where);
        rows.end(out);
      }
      default -> {
        return Outcome.UNKNOWN;
      }
    }
    return Outcome.READ;
  }

  private void tool(
      String name,
      String scope,
      boolean starts,
      Map<?, ?> about,
      Map<?, ?> data,
      Where where,
      EventBatch out) {
    String id = about.get("tool_call_id") instanceof String told ? told : scope;
    JsonWriter text = new JsonWriter().value(data);
    if (starts) {
      calls.call(id, where, texts.name(name), text.bytes(), 0, text.length(), out);
      return;
    }
    String status = String.valueOf(about.get("status"));
    boolean failed = status.equals("error") || status.equals("failed") || data.get("error") != null;
    Object error = data.get("error");
    String why = texts.clean(error == null ? "" : String.valueOf(error), ToolErrors.LOOKED_AT);
    calls.result(
        id,
        where,
        new ToolCalls.Result() {
          @Override
          public Boolean success() {
            return !failed;
          }

          @Override
          public ToolErrors.@Nullable Named error() {
            return failed ? ToolErrors.name(why) : null;
          }

          @Override
          public boolean writeOutput(JsonWriter to) {
            texts.value(to, text.bytes(), 0, text.length());
            return true;
          }
        },
        out);
  }

  private void response(
      String scope, Map<?, ?> about, Map<?, ?> data, Where where, EventBatch out) {
    Object error = data.get("error");
    if (error != null) {
      rows.begin(out, Mode.MERGE, "error:" + scope, EventTypes.ERROR, where);
      rows.detail("error_type", "model_error").detail("message", texts.name(error.toString()));
      rows.end(out);
      return;
    }
    Map<?, ?> used = RunDocument.map(data.get("usage"));
    if (!used.isEmpty()) {
      Object request = about.get("api_request_id");
      String model = about.get("model") instanceof String name ? texts.name(name) : null;
      Usage usage =
          Usage.of(
              RunDocument.integer(used, "input_tokens"),
              RunDocument.integer(used, "output_tokens"),
              RunDocument.integer(used, "cache_read_tokens"),
              RunDocument.integer(used, "cache_write_tokens"));
      String key = "model_call:" + scope + ":" + (request == null ? "" : request);
      responses.line(key, where, model, usage, Double.NaN, null, 0, out);
    }
  }

  private void mark(String name, String id, Map<?, ?> data, Where where, EventBatch out) {
    if (name.endsWith(".approval.request")) {
      rows.begin(out, Mode.MERGE, "approval:" + id, EventTypes.HUMAN_CLARIFICATION_NEEDED, where);
      rows.detail("reason", "approval").detail("tool", tool(data)).end(out);
    } else if (name.endsWith(".approval.response") && Boolean.FALSE.equals(data.get("approved"))) {
      rows.begin(out, Mode.MERGE, "tool_rejected:" + id, EventTypes.TOOL_REJECTED, where);
      rows.detail("tool", tool(data)).end(out);
    } else if (name.endsWith(".subagent.start")) {
      String role = data.get("child_role") instanceof String told ? told : ClaudeAgents.SUBAGENT;
      rows.begin(
          out,
          Mode.MERGE,
          "agent_started:" + id,
          EventTypes.AGENT_STARTED,
          where.by(texts.name(role)));
      rows.end(out);
    }
  }

  private @Nullable String tool(Map<?, ?> data) {
    return data.get("tool_name") instanceof String tool ? texts.name(tool) : null;
  }

  void flush(EventBatch out) {
    calls.flush(out);
    responses.flush(out);
  }

  void save(JsonWriter state) {
    state.key("time").number(lastTime);
    calls.save(state);
  }

  void restore(Map<String, @Nullable Object> state) {
    lastTime = state.get("time") instanceof Number time ? time.longValue() : lastTime;
    calls.restore(state);
  }
}
