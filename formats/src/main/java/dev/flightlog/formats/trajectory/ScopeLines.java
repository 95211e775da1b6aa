package dev.flightlog.formats.trajectory;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.usage.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the Agent Trajectory Observability Format (seen in version 0.1): scopes that start and
 * end (agent, llm, tool), and marks between them (approvals, subagents). A tool's scope failed when
 * its status or data say so.
 */
final class ScopeLines {
  private final Texts texts;
  private final @Nullable String story;
  private long lastTime;

  ScopeLines(FileContext file, ReaderSettings settings, Texts texts) {
    this.texts = texts;
    story = settings.stories().of(null, null);
    lastTime = file.fallbackTime();
  }

  Reading read(JsonDocument line, long offset, int length, Occurrence.Sink out) {
    Map<?, ?> about = line.map("metadata");
    Map<?, ?> data = line.map("data");
    long told = Times.of((Object) line.text("timestamp"));
    lastTime = told == Timestamps.NONE ? lastTime : told;
    String session = about.get("session_id") instanceof String id ? texts.name(id) : null;
    String agent = about.get("platform") instanceof String name ? texts.name(name) : null;
    Attribution of = Attribution.of(session, story, null, agent);
    Origin origin = new Origin(lastTime, told != Timestamps.NONE, of, offset, length);
    if (session != null) {
      out.take(new Occurrence.SessionMet(origin, "trajectory"));
    }
    String name = String.valueOf(line.text("name"));
    String id = String.valueOf(line.text("uuid"));
    String kind = String.valueOf(line.text("kind"));
    if (kind.equals("mark")) {
      mark(name, id, data, origin, out);
      return Reading.KNOWN;
    }
    if (!kind.equals("scope")) {
      return Reading.unknown(kind);
    }
    boolean starts = "start".equals(line.text("scope_category"));
    String category = String.valueOf(line.text("category"));
    switch (category) {
      case "tool" -> tool(name, id, starts, about, data, origin, out);
      case "llm" -> {
        if (!starts) {
          response(id, about, data, origin, out);
        }
      }
      case "agent" ->
          out.take(
              starts
                  ? new Occurrence.AgentStarted(origin, "agent_started:" + id, null)
                  : new Occurrence.AgentEnded(
                      origin, "agent_finished:" + id, null, -1, null, Content.NONE, Map.of()));
      default -> {
        return Reading.unknown("scope " + category);
      }
    }
    return Reading.KNOWN;
  }

  private void tool(
      String name,
      String scope,
      boolean starts,
      Map<?, ?> about,
      Map<?, ?> data,
      Origin origin,
      Occurrence.Sink out) {
    String id = about.get("tool_call_id") instanceof String told ? told : scope;
    Content content = Content.of(new JsonWriter().value(data));
    if (starts) {
      out.take(new Occurrence.ToolCalled(origin, id, texts.name(name), content));
      return;
    }
    String status = String.valueOf(about.get("status"));
    boolean failed = status.equals("error") || status.equals("failed") || data.get("error") != null;
    Object error = data.get("error");
    String why = texts.clean(error == null ? "" : String.valueOf(error), ErrorClasses.LOOKED_AT);
    Outcome outcome = failed ? ErrorClasses.outcome(ErrorClasses.name(why), null) : Outcome.WORKED;
    out.take(new Occurrence.ToolReturned(origin, id, outcome, content, -1));
  }

  private void response(
      String scope, Map<?, ?> about, Map<?, ?> data, Origin origin, Occurrence.Sink out) {
    Object error = data.get("error");
    if (error != null) {
      String message = String.valueOf(texts.name(error.toString()));
      out.take(
          new Occurrence.ErrorMet(
              origin, "error:" + scope, new ErrorClass("model_error", message), null));
      return;
    }
    Map<?, ?> used = JsonDocument.map(data.get("usage"));
    if (!used.isEmpty()) {
      Object request = about.get("api_request_id");
      String model = about.get("model") instanceof String name ? texts.name(name) : null;
      Usage usage =
          Usage.of(
              JsonDocument.integer(used, "input_tokens"),
              JsonDocument.integer(used, "output_tokens"),
              JsonDocument.integer(used, "cache_read_tokens"),
              JsonDocument.integer(used, "cache_write_tokens"));
      String key = "model_call:" + scope + ":" + (request == null ? "" : request);
      out.take(new Occurrence.ModelAnswered(origin, key, model, usage, Double.NaN, null, 0));
    }
  }

  private void mark(String name, String id, Map<?, ?> data, Origin origin, Occurrence.Sink out) {
    if (name.endsWith(".approval.request")) {
      out.take(new Occurrence.PersonAsked(origin, "approval:" + id, "approval", tool(data)));
    } else if (name.endsWith(".approval.response") && Boolean.FALSE.equals(data.get("approved"))) {
      out.take(new Occurrence.PersonRefused(origin, "tool_rejected:" + id, tool(data)));
    } else if (name.endsWith(".subagent.start")) {
      String role = data.get("child_role") instanceof String told ? told : Attribution.SUBAGENT;
      out.take(
          new Occurrence.AgentStarted(origin.by(texts.name(role)), "agent_started:" + id, null));
    }
  }

  private @Nullable String tool(Map<?, ?> data) {
    return data.get("tool_name") instanceof String tool ? texts.name(tool) : null;
  }

  void save(JsonWriter state) {
    state.key("time").number(lastTime);
  }

  void restore(Map<String, @Nullable Object> state) {
    lastTime = state.get("time") instanceof Number time ? time.longValue() : lastTime;
  }
}
