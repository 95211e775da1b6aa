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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database of Crush ({@code .crush/crush.db}). A message holds its parts as JSON. What a
 * session cost stands in its row, with the tokens of its last request: one response stands for all
 * of them. Its times are whole seconds.
 */
public final class CrushReader implements OccurrenceReader {
  /** How its records lie. */
  public static final DatabaseForm FORM =
      new DatabaseForm(
          Map.of(
              "sessions",
              Set.of("id", "parent_session_id", "prompt_tokens", "completion_tokens", "cost"),
              "messages",
              Set.of("id", "session_id", "role", "parts", "model", "finished_at")),
          List.of(
              new Query(
                  "session",
                  "sessions",
                  null,
                  """
                  SELECT id, parent_session_id, prompt_tokens, completion_tokens, cost, created_at,
                    (SELECT m.model FROM messages m WHERE m.session_id = sessions.id
                     AND m.role = 'assistant' AND m.model <> '' ORDER BY m.created_at DESC LIMIT 1) AS model
                  FROM sessions ORDER BY created_at
                  """),
              new Query(
                  "message",
                  "messages",
                  "updated_at",
                  """
                  SELECT id, session_id, role, parts, model, created_at, updated_at, finished_at,
                    [is_summary_message] AS is_summary_message
                  FROM messages WHERE {since} ORDER BY updated_at, created_at, rowid
                  """)));

  private static final Pattern STATUS = Pattern.compile("\": (\\d{3}) [A-Z]");

  private final Texts texts;
  private final TableSessions sessions;
  private final String folder;

  /** Reads a file of this context. */
  public CrushReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    sessions = new TableSessions(file, settings, texts, "crush");
    folder = folder(file.name());
  }

  /** The folder in which {@code .crush} lies; empty when the file lies elsewhere. */
  private static String folder(String file) {
    int at = Math.max(file.lastIndexOf("/.crush/"), file.lastIndexOf("\\.crush\\"));
    return at < 0 ? "" : file.substring(0, at);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> row = sessions.row(bytes, from, to);
    if ("session".equals(row.get("record"))) {
      session(row, out);
      return Reading.KNOWN;
    }
    Origin origin = sessions.origin(row.get("session_id"), row.get("created_at"), out);
    Object ended = row.get("finished_at") == null ? row.get("updated_at") : row.get("finished_at");
    Origin end = sessions.origin(row.get("session_id"), ended, out);
    String key = "crush:" + row.get("id");
    boolean ofPerson = !sessions.isChild(row.get("session_id"));
    Reading reading = Reading.KNOWN;
    int place = 0;
    for (Object each : sessions.list(row.get("parts"))) {
      Map<?, ?> part = JsonDocument.map(each);
      Map<?, ?> data = JsonDocument.map(part.get("data"));
      String type = String.valueOf(part.get("type"));
      String at = key + ":" + place++;
      switch (type) {
        case "text" -> text(row, data, ofPerson, at, origin, end, out);
        case "tool_call" -> {
          String id = String.valueOf(data.get("id"));
          String tool = texts.name(JsonDocument.text(data, "name"));
          Content input = input(data.get("input"));
          out.take(new Occurrence.ToolCalled(end, id, tool, input));
        }
        case "tool_result" -> result(data, origin, out);
        case "finish" -> finished(data, at, end, out);
        case "shell_command" -> shell(data, at, origin, out);
        case "reasoning", "image_url", "binary" -> {}
        default -> reading = Reading.unknown("part " + type);
      }
    }
    return reading;
  }

  private void session(Map<?, ?> row, Occurrence.Sink out) {
    Object id = row.get("id");
    sessions.add(
        String.valueOf(id), row.get("parent_session_id"), folder.isEmpty() ? null : folder, null);
    Origin origin = sessions.origin(id, row.get("created_at"), out);
    double cost = row.get("cost") instanceof Number usd ? usd.doubleValue() : 0;
    // A parent's cost holds those of the sessions below it.
    if (cost > 0 && row.get("parent_session_id") == null) {
      out.take(
          new Occurrence.ModelAnswered(
              origin,
              "model_call:run:crush:" + id,
              texts.name(JsonDocument.text(row, "model")),
              Usage.of(
                  JsonDocument.integer(row, "prompt_tokens"),
                  JsonDocument.integer(row, "completion_tokens"),
                  0,
                  0),
              cost,
              null,
              0));
    }
  }

  private Content input(@Nullable Object written) {
    Object value = sessions.nested(written);
    return value == null && written != null
        ? Content.text(String.valueOf(written))
        : Content.value(value);
  }

  private static void text(
      Map<?, ?> row,
      Map<?, ?> data,
      boolean ofPerson,
      String key,
      Origin began,
      Origin ended,
      Occurrence.Sink out) {
    if (!(data.get("text") instanceof String text) || text.isBlank()) {
      return;
    }
    if ("user".equals(row.get("role"))) {
      if (ofPerson) {
        out.take(new Occurrence.Prompted(began, "prompt:" + key, Content.text(text), null));
      }
    } else if (!Long.valueOf(1).equals(row.get("is_summary_message"))) {
      out.take(new Occurrence.Said(ended, "said:" + key, Content.text(text)));
    } else {
      out.take(new Occurrence.Compacted(ended, "compaction:" + key, null, null));
    }
  }

  private void result(Map<?, ?> data, Origin origin, Occurrence.Sink out) {
    String text = JsonDocument.plain(data.get("content"));
    Outcome outcome = Outcome.WORKED;
    if (Boolean.TRUE.equals(data.get("is_error"))) {
      ErrorClass named = ErrorClasses.name(texts.clean(text, ErrorClasses.LOOKED_AT));
      String plain = text.strip().toLowerCase(Locale.ROOT);
      boolean refused =
          plain.equals("permission denied") || plain.startsWith("user denied permission");
      outcome =
          refused
              ? new Outcome.Refused(new ErrorClass("rejected", named.message()), null)
              : ErrorClasses.outcome(named, null);
    }
    String id = String.valueOf(data.get("tool_call_id"));
    out.take(new Occurrence.ToolReturned(origin, id, outcome, Content.text(text), -1));
  }

  private void finished(Map<?, ?> data, String key, Origin end, Occurrence.Sink out) {
    switch (String.valueOf(data.get("reason"))) {
      case "canceled" -> out.take(new Occurrence.Interrupted(end, "interrupt:" + key));
      case "error" -> {
        Object told = data.get("details") == null ? data.get("message") : data.get("details");
        String words = texts.name(String.valueOf(told));
        Matcher status = STATUS.matcher(words == null ? "" : words);
        long code = status.find() ? Long.parseLong(status.group(1)) : 0;
        out.take(
            new Occurrence.ErrorMet(
                end,
                "error:" + key,
                new ErrorClass(ApiErrors.type(null, code), ApiErrors.message(words)),
                null));
      }
      default -> {}
    }
  }

  private void shell(Map<?, ?> data, String key, Origin origin, Occurrence.Sink out) {
    out.take(new Occurrence.ToolCalled(origin, key, "bash", Content.value(data.get("command"))));
    String text = JsonDocument.plain(data.get("output"));
    long exit = JsonDocument.integer(data, "exit_code");
    ErrorClass named = ErrorClasses.name(texts.clean(text, ErrorClasses.LOOKED_AT));
    Outcome outcome =
        exit == 0
            ? Outcome.WORKED
            : ErrorClasses.outcome(named.orTold(ErrorClasses.exitType(String.valueOf(exit))), null);
    out.take(new Occurrence.ToolReturned(origin, key, outcome, Content.text(text), -1));
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
