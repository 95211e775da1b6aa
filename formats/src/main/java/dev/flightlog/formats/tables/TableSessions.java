package dev.flightlog.formats.tables;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a database, by which its other rows are understood: where each works, what it
 * serves, and that a subagent's belongs to the one that called it. Not thread-safe.
 */
final class TableSessions {
  private static final int MOST_PARENTS = 16;

  private final JsonReader json = new JsonReader();
  private final ReaderSettings settings;
  private final Texts texts;
  private final String client;
  private final long fallbackTime;
  private final Map<String, One> known = new HashMap<>();

  /** A session as its row tells it. */
  private record One(@Nullable String parent, @Nullable String folder, String agent) {}

  TableSessions(FileContext file, ReaderSettings settings, Texts texts, String client) {
    this.settings = settings;
    this.texts = texts;
    this.client = client;
    this.fallbackTime = file.fallbackTime();
  }

  /** A row as maps, lists and scalars. */
  Map<?, ?> row(byte[] bytes, int from, int to) {
    return JsonDocument.object(json, bytes, from, to);
  }

  /** A value that is JSON in a text; empty where it is none. */
  @Nullable Object nested(@Nullable Object text) {
    if (!(text instanceof String written) || written.isBlank()) {
      return null;
    }
    byte[] utf8 = written.getBytes(StandardCharsets.UTF_8);
    try {
      return json.reset(utf8, 0, utf8.length).value();
    } catch (JsonException damaged) {
      return null;
    }
  }

  /** The objects of a list that is JSON in a text. */
  List<?> list(@Nullable Object text) {
    return nested(text) instanceof List<?> list ? list : List.of();
  }

  /** A session, whose row comes before all that belongs to it. */
  void add(Object id, @Nullable Object parent, @Nullable Object folder, @Nullable String agent) {
    boolean child = parent instanceof String of && !of.isEmpty();
    String name = texts.name(agent);
    known.put(
        String.valueOf(id),
        new One(
            child ? String.valueOf(parent) : null,
            folder instanceof String place ? texts.name(place) : null,
            child ? (name == null ? Attribution.SUBAGENT : name) : Attribution.MAIN));
  }

  /** True for a session that another one began: nobody but an agent speaks in it. */
  boolean isChild(@Nullable Object session) {
    One one = known.get(String.valueOf(session));
    return one != null && one.parent != null;
  }

  /** Where a row of a session stands and when it happened, and that the session was met. */
  Origin origin(@Nullable Object session, @Nullable Object time, Occurrence.Sink out) {
    String id = String.valueOf(session);
    One one = known.getOrDefault(id, new One(null, null, Attribution.MAIN));
    String top = id;
    String folder = one.folder;
    for (int i = 0; i < MOST_PARENTS; i++) {
      One at = known.get(top);
      if (at == null || at.parent == null) {
        break;
      }
      top = at.parent;
      One above = known.get(top);
      folder = folder == null && above != null ? above.folder : folder;
    }
    Attribution of =
        Attribution.of(
            texts.name(top),
            settings.stories().of(null, folder),
            settings.projects().of(folder),
            one.agent);
    long told = Times.of(time);
    boolean timed = told != Timestamps.NONE;
    Origin origin = new Origin(timed ? told : fallbackTime, timed, of, 0, 0);
    out.take(new Occurrence.SessionMet(origin.by(null), client));
    return origin;
  }
}
