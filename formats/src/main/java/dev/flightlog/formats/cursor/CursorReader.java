package dev.flightlog.formats.cursor;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.SessionLines;
import dev.flightlog.formats.reading.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads transcripts of Cursor's agent ({@code ~/.cursor/projects/…/agent-transcripts}). A line is a
 * message and tells neither time nor id nor model; most have no results. A result that is there
 * belongs to the call that has waited longest, and does not say whether it worked.
 */
public final class CursorReader implements OccurrenceReader {
  private static final int MOST_OPEN = 256;

  /** Members of its lines. */
  private static final String KNOWN =
      """
          message role
      """;

  private final Texts texts;
  private final SessionLines lines;
  private final String session;
  private final List<String> open = new ArrayList<>();

  /** Reads a file of this context. */
  public CursorReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    lines = new SessionLines(file, settings, texts, "cursor").knows(KNOWN);
    session = "cursor-" + stem(file.name());
    lines.session(session, null, null);
  }

  /** The file's name without its ending, by which Cursor names the session. */
  private static String stem(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    if (!(line.get("role") instanceof String role)) {
      return Reading.unknown(JsonDocument.text(line, "type"));
    }
    Origin origin = lines.origin(null, offset, to - from, out);
    Object content = JsonDocument.map(line.get("message")).get("content");
    List<?> blocks =
        content instanceof List<?> list
            ? list
            : content instanceof String text
                ? List.of(Map.of("type", "text", "text", text))
                : List.of();
    Reading reading = Reading.KNOWN;
    int place = 0;
    for (Object each : blocks) {
      Map<?, ?> block = JsonDocument.map(each);
      String key = session + ":" + offset + ":" + place++;
      String type = String.valueOf(block.get("type"));
      switch (type) {
        case "text" -> text(role, JsonDocument.plain(block.get("text")), key, origin, out);
        case "tool_use" -> {
          String tool = texts.name(JsonDocument.text(block, "name"));
          out.take(new Occurrence.ToolCalled(origin, key, tool, Content.value(block.get("input"))));
          if (open.size() < MOST_OPEN) {
            open.add(key);
          }
        }
        case "tool_result" -> {
          if (!open.isEmpty()) {
            Content output = Content.text(JsonDocument.plain(block.get("content")));
            out.take(
                new Occurrence.ToolReturned(
                    origin, open.removeFirst(), Outcome.UNTOLD, output, -1));
          }
        }
        case "thinking", "image", "redacted_thinking" -> {}
        default -> reading = Reading.unknown("block " + type);
      }
    }
    return reading;
  }

  private static void text(
      String role, String text, String key, Origin origin, Occurrence.Sink out) {
    if (text.isBlank()) {
      return;
    }
    if (role.equals("user")) {
      String asked = text.replace("<user_query>", "").replace("</user_query>", "").strip();
      out.take(new Occurrence.Prompted(origin, "prompt:" + key, Content.text(asked), null));
    } else {
      out.take(new Occurrence.Said(origin, "said:" + key, Content.text(text)));
    }
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("role") instanceof String && line.get("message") instanceof Map<?, ?>;
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
    state.key("waiting").value(open);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
    if (state.get("waiting") instanceof List<?> list) {
      list.forEach(key -> open.add(String.valueOf(key)));
    }
  }
}
