package dev.flightlog.formats.lines;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.rows.RowBuilder;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON lines of which only a time is known. Type, message, session, agent, level, duration
 * and success are taken from the names that loggers commonly use; a level of error or worse makes
 * the event an error; everything stays in the details.
 */
public final class AnyLinesReader implements RowReader {
  private static final Set<String> BAD =
      Set.of("error", "err", "severe", "fatal", "critical", "crit", "alert", "emerg", "panic");
  private static final double BUNYAN_ERROR = 50;

  private final TimedLines lines;
  private final Set<String> sessions = new LinkedHashSet<>();
  private final RowBuilder rows;
  private final Texts texts;
  private final Stories stories;

  /** Reads a file of this context. */
  public AnyLinesReader(FileContext file, ReaderSettings settings) {
    rows = new RowBuilder(file, settings.texts());
    texts = settings.texts();
    stories = settings.stories();
    lines = new TimedLines(file);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    String session = name(line, "session_id", "sessionId", "session");
    if (session != null) {
      sessions.add(session);
    }
    Category category = category(line);
    String type = text(line, "event_type", "event", "type");
    String story = stories.of(null, null);
    Origin origin =
        lines.origin(
            line,
            Attribution.of(
                session,
                story == null ? name(line, "story_id") : story,
                name(line, "project"),
                name(line, "agent_name", "agent", "agentName")),
            offset,
            to - from);
    rows.begin(
        out,
        Mode.MERGE,
        rows.file().keylessId(offset, bytes, from, to),
        type == null
            ? category == Category.ERROR ? EventTypes.ERROR : "log"
            : EventTypes.wellFormed(texts.clean(type, 200)),
        category,
        origin);
    if (line.get("duration_ms") instanceof Number duration) {
      out.integer(Field.DURATION_MS, Math.round(duration.doubleValue()));
    }
    if (line.get("success") instanceof Boolean success) {
      out.flag(Field.SUCCESS, success);
    }
    details(line, category, bytes, from, to);
    rows.end(out);
    return Reading.KNOWN;
  }

  private void details(Map<?, ?> line, Category category, byte[] bytes, int from, int to) {
    String message = text(line, "message", "msg", "text", "body", "event");
    String head = message == null ? null : texts.clean(message, ErrorClasses.LOOKED_AT);
    if (category == Category.ERROR) {
      String type = name(line, "error_type", "exception", "exc_type", "errorType");
      if (type == null && head != null) {
        String named = ErrorClasses.name(head).type();
        type = named.equals("tool_error") ? null : named;
      }
      rows.detail("error_type", type == null ? "error" : type);
    }
    if (head != null) {
      rows.detail("message", head.length() > 1000 ? head.substring(0, 1000) : head);
    }
    if (texts.keepsContent()) {
      rows.details().key("line");
      texts.value(rows.details(), bytes, from, to);
    }
  }

  private static Category category(Map<?, ?> line) {
    Category told = line.get("category") instanceof String text ? Category.of(text) : null;
    if (told != null) {
      return told;
    }
    Object level = null;
    for (String key : new String[] {"level", "severity", "lvl", "levelname", "log.level"}) {
      level = level == null ? line.get(key) : level;
    }
    boolean bad =
        level instanceof Number number
            ? number.doubleValue() >= BUNYAN_ERROR
            : level != null && BAD.contains(level.toString().toLowerCase(Locale.ROOT));
    return bad ? Category.ERROR : Category.EXECUTION;
  }

  private @Nullable String name(Map<?, ?> line, String... keys) {
    return texts.name(text(line, keys));
  }

  private static @Nullable String text(Map<?, ?> line, String... keys) {
    for (String key : keys) {
      if (line.get(key) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    return Times.of(lines.line(bytes, from, to)) != Timestamps.NONE;
  }

  @Override
  public void flush(EventBatch out) {}

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
  }

  @Override
  public Set<String> sessions() {
    return sessions;
  }
}
