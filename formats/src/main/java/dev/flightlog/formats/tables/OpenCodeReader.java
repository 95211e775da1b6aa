package dev.flightlog.formats.tables;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.DatabaseForm;
import dev.flightlog.formats.reading.DatabaseForm.Query;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database of OpenCode ({@code opencode.db}). A message holds parts, each a row; a call
 * and its result are one part. Each request of a model ends with a part {@code step-finish}, which
 * tells its tokens; older messages have them only in themselves.
 */
public final class OpenCodeReader implements OccurrenceReader {
  /** How its records lie. */
  public static final DatabaseForm FORM =
      new DatabaseForm(
          Map.of(
              "session", Set.of("id", "directory"),
              "message", Set.of("id", "session_id", "data"),
              "part", Set.of("id", "message_id", "data")),
          List.of(
              new Query(
                  "session",
                  "session",
                  null,
                  """
                  SELECT id, [parent_id] AS parent_id, directory, [time_created] AS time_created
                  FROM session ORDER BY id
                  """),
              new Query(
                  "message",
                  "message",
                  "time_updated",
                  """
                  SELECT id, session_id, data, [time_created] AS time_created, [time_updated] AS since,
                    EXISTS (SELECT 1 FROM part p WHERE p.message_id = message.id
                            AND json_extract(p.data, '$.type') = 'step-finish') AS steps
                  FROM message WHERE {since} ORDER BY id
                  """),
              new Query(
                  "part",
                  "part",
                  "p.time_updated",
                  """
                  SELECT p.id AS id, p.message_id AS message_id, m.session_id AS session_id, p.data AS data,
                    [p.time_created] AS time_created, [p.time_updated] AS since,
                    json_extract(m.data, '$.role') AS role, json_extract(m.data, '$.modelID') AS model,
                    json_extract(m.data, '$.agent') AS agent, json_extract(m.data, '$.time.created') AS said_at
                  FROM part p JOIN message m ON m.id = p.message_id WHERE {since} ORDER BY p.id
                  """)));

  private final Texts texts;
  private final TableSessions sessions;

  /** Reads a file of this context. */
  public OpenCodeReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    sessions = new TableSessions(file, settings, texts, "opencode");
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> row = sessions.row(bytes, from, to);
    switch (String.valueOf(row.get("record"))) {
      case "session" -> {
        String id = String.valueOf(row.get("id"));
        sessions.add(id, row.get("parent_id"), row.get("directory"), null);
        sessions.origin(id, row.get("time_created"), out);
      }
      case "message" -> message(row, out);
      default -> {
        return part(row, out);
      }
    }
    return Reading.KNOWN;
  }

  private void message(Map<?, ?> row, Occurrence.Sink out) {
    Map<?, ?> data = JsonDocument.map(sessions.nested(row.get("data")));
    Map<?, ?> time = JsonDocument.map(data.get("time"));
    Object at = time.get("completed") == null ? row.get("time_created") : time.get("completed");
    Origin origin = by(data.get("agent"), row.get("session_id"), at, out);
    String id = String.valueOf(row.get("id"));
    if (!Long.valueOf(1).equals(row.get("steps"))) {
      answered(data, JsonDocument.text(data, "modelID"), id, origin, out);
    }
    Map<?, ?> error = JsonDocument.map(data.get("error"));
    if (!error.isEmpty()) {
      failed(error, id, origin, out);
    }
  }

  private Origin by(
      @Nullable Object agent,
      @Nullable Object session,
      @Nullable Object time,
      Occurrence.Sink out) {
    Origin origin = sessions.origin(session, time, out);
    return sessions.isChild(session) && agent instanceof String name
        ? origin.by(texts.name(name))
        : origin;
  }

  private void failed(Map<?, ?> error, String id, Origin origin, Occurrence.Sink out) {
    String name = String.valueOf(error.get("name"));
    if (name.equals("MessageAbortedError")) {
      out.take(new Occurrence.Interrupted(origin, "interrupt:opencode:" + id));
      return;
    }
    Map<?, ?> data = JsonDocument.map(error.get("data"));
    long status = JsonDocument.integer(data, "statusCode");
    String words = texts.name(JsonDocument.text(data, "message"));
    String type = name.equals("ProviderAuthError") ? "authentication_error" : null;
    out.take(
        new Occurrence.ErrorMet(
            origin,
            "error:opencode:" + id,
            new ErrorClass(ApiErrors.type(type, status), ApiErrors.message(words)),
            null));
  }

  private Reading part(Map<?, ?> row, Occurrence.Sink out) {
    Map<?, ?> data = JsonDocument.map(sessions.nested(row.get("data")));
    Map<?, ?> time = JsonDocument.map(data.get("time"));
    Object told = time.get("start") == null ? row.get("time_created") : time.get("start");
    Origin origin =
        by(row.get("agent"), row.get("session_id"), told == null ? row.get("said_at") : told, out);
    String id = String.valueOf(row.get("id"));
    String type = String.valueOf(data.get("type"));
    switch (type) {
      case "text" -> text(row, data, id, origin, out);
      case "tool" -> tool(row, data, id, origin, out);
      case "step-finish" -> answered(data, JsonDocument.text(row, "model"), id, origin, out);
      case "retry" -> failed(JsonDocument.map(data.get("error")), id, origin, out);
      case "compaction" ->
          out.take(
              new Occurrence.Compacted(
                  origin,
                  "compaction:opencode:" + id,
                  Boolean.TRUE.equals(data.get("auto")) ? "auto" : "manual",
                  null));
      case "reasoning", "step-start", "file", "patch", "snapshot", "agent", "subtask" -> {}
      default -> {
        return Reading.unknown("part " + type);
      }
    }
    return Reading.KNOWN;
  }

  private void text(Map<?, ?> row, Map<?, ?> data, String id, Origin origin, Occurrence.Sink out) {
    String text = JsonDocument.plain(data.get("text"));
    if (text.isBlank()
        || Boolean.TRUE.equals(data.get("synthetic"))
        || Boolean.TRUE.equals(data.get("ignored"))) {
      return;
    }
    if (!"user".equals(row.get("role"))) {
      out.take(new Occurrence.Said(origin, "said:opencode:" + id, Content.text(text)));
    } else if (!sessions.isChild(row.get("session_id"))) {
      Origin asked = origin.by(sessions.origin(row.get("session_id"), null, out).of().agent());
      out.take(new Occurrence.Prompted(asked, "prompt:opencode:" + id, Content.text(text), null));
    }
  }

  private void tool(Map<?, ?> row, Map<?, ?> data, String id, Origin origin, Occurrence.Sink out) {
    Map<?, ?> state = JsonDocument.map(data.get("state"));
    Map<?, ?> time = JsonDocument.map(state.get("time"));
    Object began = time.get("start");
    Object ended = time.get("end");
    Origin start = began == null ? origin : by(row.get("agent"), row.get("session_id"), began, out);
    String key = "opencode:" + id;
    String tool = texts.name(JsonDocument.text(data, "tool"));
    out.take(new Occurrence.ToolCalled(start, key, tool, Content.value(state.get("input"))));
    String status = String.valueOf(state.get("status"));
    if (status.equals("pending") || status.equals("running")) {
      return;
    }
    Object words = status.equals("error") ? state.get("error") : state.get("output");
    Origin end = ended == null ? start : by(row.get("agent"), row.get("session_id"), ended, out);
    out.take(
        new Occurrence.ToolReturned(
            end,
            key,
            outcome(
                status, tool, JsonDocument.plain(words), JsonDocument.map(state.get("metadata"))),
            Content.text(JsonDocument.plain(words)),
            -1));
  }

  /** A call of an unknown tool is kept as a completed one of {@code invalid}. */
  private Outcome outcome(String status, @Nullable String tool, String words, Map<?, ?> about) {
    Object exit = about.get("exit");
    boolean failedCommand = exit instanceof Number code && code.longValue() != 0;
    if (!status.equals("error") && !"invalid".equals(tool) && !failedCommand) {
      return Outcome.WORKED;
    }
    ErrorClass named = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
    if (words.startsWith("The user rejected permission")) {
      return new Outcome.Refused(new ErrorClass("rejected", named.message()), null);
    }
    if ("invalid".equals(tool)) {
      named = named.orTold("unknown_tool");
    } else if (failedCommand) {
      named = named.orTold(ErrorClasses.exitType(String.valueOf(exit)));
    }
    return ErrorClasses.outcome(named, null);
  }

  private void answered(
      Map<?, ?> told, @Nullable String model, String id, Origin origin, Occurrence.Sink out) {
    Map<?, ?> tokens = JsonDocument.map(told.get("tokens"));
    Map<?, ?> cache = JsonDocument.map(tokens.get("cache"));
    Usage usage =
        Usage.of(
            JsonDocument.integer(tokens, "input"),
            JsonDocument.integer(tokens, "output") + JsonDocument.integer(tokens, "reasoning"),
            JsonDocument.integer(cache, "read"),
            JsonDocument.integer(cache, "write"));
    if (usage.total() > 0) {
      double cost = told.get("cost") instanceof Number usd ? usd.doubleValue() : 0;
      out.take(
          new Occurrence.ModelAnswered(
              origin,
              "model_call:opencode:" + id,
              texts.name(model),
              usage,
              cost > 0 ? cost : Double.NaN,
              texts.name(JsonDocument.text(told, "reason")),
              0));
    }
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    return false;
  }

  @Override
  public void save(JsonWriter state) {}

  @Override
  public void restore(Map<String, @Nullable Object> state) {}
}
