package dev.flightlog.formats.tables;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.DatabaseForm;
import dev.flightlog.formats.reading.DatabaseForm.Query;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database of Goose ({@code sessions.db}). Newer ones have a ledger with a row for each
 * request; what a session has used beyond it, from before there was one, is a response of its own.
 * Input includes what was read from and written to the cache.
 */
public final class GooseReader implements OccurrenceReader {
  /** How its records lie. */
  public static final DatabaseForm FORM =
      new DatabaseForm(
          Map.of(
              "sessions", Set.of("id", "working_dir"),
              "messages", Set.of("id", "session_id", "role", "content_json", "created_timestamp")),
          List.of(
              new Query(
                  "session",
                  "sessions",
                  null,
                  """
                  SELECT id, working_dir, [parent_session_id] AS parent, [session_type] AS kind,
                    [created_at] AS created_at
                  FROM sessions ORDER BY id
                  """),
              new Query(
                  "message",
                  "messages",
                  "id",
                  """
                  SELECT id, [message_id] AS message_id, session_id, role, content_json, created_timestamp,
                    id AS since
                  FROM messages WHERE {since} ORDER BY id
                  """),
              new Query(
                  "usage",
                  "usage_ledger",
                  null,
                  """
                  SELECT id, session_id, created_timestamp, [model] AS model, input_tokens, output_tokens,
                    [cache_read_tokens] AS cache_read, [cache_write_tokens] AS cache_write, [cost] AS cost
                  FROM usage_ledger ORDER BY id
                  """),
              new Query(
                  "total",
                  "sessions",
                  null,
                  """
                  SELECT id, [updated_at] AS updated_at, [model_config_json] AS model,
                    [accumulated_input_tokens] AS input_tokens, [accumulated_output_tokens] AS output_tokens,
                    [accumulated_cache_read_tokens] AS cache_read,
                    [accumulated_cache_write_tokens] AS cache_write, [accumulated_cost] AS cost
                  FROM sessions ORDER BY id
                  """)));

  private final Texts texts;
  private final TableSessions sessions;
  private final GooseContent content;
  private final Map<String, Usage> told = new HashMap<>();
  private final Map<String, Double> costs = new HashMap<>();

  /** Reads a file of this context. */
  public GooseReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    sessions = new TableSessions(file, settings, texts, "goose");
    content = new GooseContent(texts);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> row = sessions.row(bytes, from, to);
    String session = String.valueOf(row.get("session_id"));
    switch (String.valueOf(row.get("record"))) {
      case "session" -> {
        String id = String.valueOf(row.get("id"));
        sessions.add(id, row.get("parent"), row.get("working_dir"), null);
        sessions.origin(id, row.get("created_at"), out);
      }
      case "message" -> {
        Origin origin = sessions.origin(session, row.get("created_timestamp"), out);
        Object named = row.get("message_id") == null ? row.get("id") : row.get("message_id");
        return content.read(
            sessions.list(row.get("content_json")),
            row.get("role"),
            !sessions.isChild(session),
            "goose:" + session,
            "goose:" + session + ":" + named,
            origin,
            out);
      }
      case "usage" -> {
        Origin origin = sessions.origin(session, row.get("created_timestamp"), out);
        Usage usage = usage(row);
        double cost = cost(row);
        told.merge(session, usage, Usage::plus);
        costs.merge(session, Double.isNaN(cost) ? 0 : cost, Double::sum);
        String model = JsonDocument.text(row, "model");
        answered("goose:" + session + ":" + row.get("id"), model, usage, cost, origin, out);
      }
      default -> total(row, out);
    }
    return Reading.KNOWN;
  }

  private void total(Map<?, ?> row, Occurrence.Sink out) {
    String id = String.valueOf(row.get("id"));
    Usage ledger = told.getOrDefault(id, Usage.NONE);
    Usage rest = usage(row).minus(ledger);
    double all = cost(row);
    double cost = Double.isNaN(all) ? all : Math.max(0, all - costs.getOrDefault(id, 0.0));
    Map<?, ?> config = JsonDocument.map(sessions.nested(row.get("model")));
    Origin origin = sessions.origin(id, row.get("updated_at"), out);
    String key = "run:goose:" + id;
    answered(key, JsonDocument.text(config, "model_name"), rest, cost, origin, out);
  }

  private static Usage usage(Map<?, ?> row) {
    return Usage.ofInclusive(
        JsonDocument.integer(row, "input_tokens"),
        JsonDocument.integer(row, "output_tokens"),
        JsonDocument.integer(row, "cache_read"),
        JsonDocument.integer(row, "cache_write"));
  }

  private static double cost(Map<?, ?> row) {
    return row.get("cost") instanceof Number usd && usd.doubleValue() > 0
        ? usd.doubleValue()
        : Double.NaN;
  }

  private void answered(
      String key,
      @Nullable String model,
      Usage usage,
      double cost,
      Origin at,
      Occurrence.Sink out) {
    if (usage.total() > 0) {
      out.take(
          new Occurrence.ModelAnswered(
              at, "model_call:" + key, texts.name(model), usage, cost, null, 0));
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
