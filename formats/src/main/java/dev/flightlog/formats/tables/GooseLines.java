package dev.flightlog.formats.tables;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.SessionLines;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions that Goose kept as lines before it had a database: the first line is about the
 * session and its totals, each other one a message. A session is named as the database names it
 * after its move there: by its id, else by its file.
 */
public final class GooseLines implements OccurrenceReader {
  /** Members of its lines. */
  private static final String KNOWN =
      """
          content created created_at description extension_data id message_count role
          updated_at working_dir metadata total_tokens input_tokens output_tokens
          accumulated_total_tokens accumulated_input_tokens accumulated_output_tokens
          schedule_id recipe user_recipe_values name user_set_name type todo_content
      """;

  private final FileContext file;
  private final SessionLines lines;
  private final GooseContent content;

  /** Reads a file of this context. */
  public GooseLines(FileContext file, ReaderSettings settings) {
    Texts texts = settings.texts();
    this.file = file;
    lines = new SessionLines(file, settings, texts, "goose").knows(KNOWN);
    content = new GooseContent(texts);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    if (line.get("working_dir") instanceof String folder) {
      String told = JsonDocument.text(line, "id");
      lines.session(told == null ? name() : told, folder, null);
      Origin origin = lines.origin(line.get("updated_at"), offset, to - from, out);
      total(line, origin, out);
      return Reading.KNOWN;
    }
    Origin origin = lines.origin(line.get("created"), offset, to - from, out);
    if (!(line.get("role") instanceof String role)
        || !(line.get("content") instanceof List<?> all)) {
      return Reading.unknown(JsonDocument.text(line, "type"));
    }
    String run = "goose:" + lines.session();
    Object id = line.get("id") == null ? line.get("created") + ":" + offset : line.get("id");
    return content.read(all, role, true, run, run + ":" + id, origin, out);
  }

  private String name() {
    String path = file.name();
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = name.indexOf(".jsonl");
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private void total(Map<?, ?> line, Origin origin, Occurrence.Sink out) {
    Usage usage =
        Usage.of(
            JsonDocument.integer(line, "accumulated_input_tokens"),
            JsonDocument.integer(line, "accumulated_output_tokens"),
            0,
            0);
    if (usage.total() > 0) {
      String key = "model_call:run:goose:" + lines.session();
      out.take(new Occurrence.ModelAnswered(origin, key, null, usage, Double.NaN, null, 0));
    }
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("role") instanceof String && line.get("created") instanceof Number;
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
  }
}
