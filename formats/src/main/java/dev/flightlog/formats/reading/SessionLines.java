package dev.flightlog.formats.reading;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What readers of sessions that are told line by line have in common: the session, the folder and
 * branch it began in, the time so far. Not thread-safe.
 */
public final class SessionLines {
  private final JsonReader json = new JsonReader();
  private final ReaderSettings settings;
  private final Texts texts;
  private final String client;
  private final StrangeFields strange = new StrangeFields();
  private Set<String> known = Set.of();
  private @Nullable String session;
  private @Nullable String version;
  private @Nullable String branch;
  private @Nullable String folder;
  private @Nullable String agent = Attribution.MAIN;
  private @Nullable Attribution of;
  private long lastTime;

  /**
   * @param client the program whose sessions these are
   */
  public SessionLines(FileContext file, ReaderSettings settings, Texts texts, String client) {
    this.settings = settings;
    this.texts = texts;
    this.client = client;
    lastTime = file.fallbackTime();
  }

  /** A line as maps, lists and scalars. */
  public Map<?, ?> line(byte[] bytes, int from, int to) {
    Map<?, ?> line = JsonDocument.object(json, bytes, from, to);
    if (!known.isEmpty()) {
      strange.look(JsonDocument.text(line, "type"), line, known);
    }
    return line;
  }

  /** Members of lines that are known, with blanks between; others are counted by name. */
  public SessionLines knows(String names) {
    known = Set.of(names.strip().split("\\s+"));
    return this;
  }

  /** As {@link OccurrenceReader#strangeFields}. */
  public Map<String, Long> strangeFields() {
    return strange.counts();
  }

  /** The session of the lines from now on, and where it began; what is null stays as it was. */
  public void session(@Nullable String id, @Nullable String nowFolder, @Nullable String nowBranch) {
    String name = texts.name(id);
    boolean other = name != null && !name.equals(session);
    if (other) {
      session = name;
      version = null;
      folder = null;
      branch = null;
    }
    folder = folder == null ? texts.name(nowFolder) : folder;
    branch = nowBranch == null ? branch : texts.name(nowBranch);
    of = null;
  }

  /** The version of the program; the first one that is told of a session holds. */
  public void version(@Nullable String told) {
    version = version == null ? texts.name(told) : version;
  }

  /** Who acts from now on. */
  public void agent(@Nullable String name) {
    agent = name == null ? Attribution.MAIN : texts.name(name);
    of = null;
  }

  /** The session, or null before it was told. */
  public @Nullable String session() {
    return session;
  }

  /** Where this line stands, and that its session was met. */
  public Origin origin(@Nullable Object time, long offset, int length, Occurrence.Sink out) {
    long told = Times.of(time);
    lastTime = told == Timestamps.NONE ? lastTime : told;
    Attribution known = of;
    if (known == null) {
      known =
          Attribution.of(
              session,
              settings.stories().of(branch, folder),
              settings.projects().of(folder),
              agent);
      of = known;
    }
    Origin origin = new Origin(lastTime, told != Timestamps.NONE, known, offset, length);
    if (session != null) {
      out.take(new Occurrence.SessionMet(origin, client, version));
    }
    return origin;
  }

  /** Writes what {@link #restore} goes on from. */
  public void save(JsonWriter state) {
    state.key("time").number(lastTime).key("session").value(session);
    state.key("version").value(version);
    state.key("folder").value(folder).key("branch").value(branch).key("agent").value(agent);
  }

  /** Goes on from a saved state. */
  public void restore(Map<String, @Nullable Object> state) {
    lastTime = state.get("time") instanceof Number time ? time.longValue() : lastTime;
    session = (String) state.get("session");
    version = (String) state.get("version");
    folder = (String) state.get("folder");
    branch = (String) state.get("branch");
    agent = state.get("agent") instanceof String name ? name : agent;
    of = null;
  }
}
