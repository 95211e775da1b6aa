package dev.flightlog.formats.hooks;

import dev.flightlog.event.EventIds;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what agents tell their hooks, one JSON object each. A hook is told no time: it is the time
 * at which it was received. An event of a name that nobody knows is kept under that name.
 */
public final class HookReader implements OccurrenceReader {
  /** A branch is looked up while it can still be the one of then, in microseconds. */
  private static final long FRESH = 60_000_000;

  private final JsonReader json = new JsonReader();
  private final FileContext file;
  private final HookProgram program;
  private final Texts texts;
  private final Stories stories;
  private final Projects projects;
  private final HookState state = new HookState();
  private final GitBranch branches = new GitBranch();
  private final HookCalls calls;

  /** Reads the hooks of Claude Code that stand in a file, one a line. */
  public HookReader(FileContext file, ReaderSettings settings) {
    this(file, settings, HookProgram.CLAUDE);
  }

  /** Reads what the hooks of this program are told; the clock of the context says when. */
  public HookReader(FileContext file, ReaderSettings settings, HookProgram program) {
    this.file = file;
    this.program = program;
    texts = settings.texts();
    stories = settings.stories();
    projects = settings.projects();
    calls = new HookCalls(program, texts, state);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> fields = JsonDocument.object(json, bytes, from, to);
    String name = first(fields, "hook_event_name", "hookEventName");
    String session = texts.name(first(fields, "session_id", "sessionId"));
    if (name == null || session == null) {
      return new Reading.Refused("a hook tells hook_event_name and session_id");
    }
    long now = file.now();
    boolean timed = now != Timestamps.NONE;
    long time = timed ? now : file.fallbackTime();
    Origin origin = new Origin(time, timed, of(fields, session, time, timed), 0, 0);
    String agent = first(fields, "agent_id", "agentId");
    HookEvent event =
        new HookEvent(
            name,
            fields,
            origin,
            id(bytes, from, to, offset, time, timed),
            session + (agent == null ? "" : "/" + agent));
    out.take(new Occurrence.SessionMet(origin, program.client()));
    switch (program) {
      case CLAUDE, CODEX -> calls.read(event, out);
      case GEMINI, COPILOT -> other(event, out);
    }
    return Reading.KNOWN;
  }

  /** Neither a call nor a prompt has an id: their files tell them, and a hook what it is told. */
  private void other(HookEvent event, Occurrence.Sink out) {
    boolean ends = event.name().equalsIgnoreCase("SessionEnd");
    out.take(ends ? event.noted("session_ended") : event.noted());
  }

  private String id(byte[] bytes, int from, int to, long offset, long time, boolean timed) {
    if (!timed) {
      return file.keylessId(offset, bytes, from, to);
    }
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, from, to - from);
    return EventIds.ofKey(time + ":" + HexFormat.of().formatHex(digest.digest()));
  }

  private Attribution of(Map<?, ?> fields, String session, long time, boolean timed) {
    String told = fields.get("cwd") instanceof String cwd ? cwd : null;
    String folder = texts.name(state.folder(session, told));
    boolean fresh = timed && told != null && Math.abs(Timestamps.now() - time) < FRESH;
    String story =
        fresh && told != null
            ? stories.of(texts.name(branches.of(told, time)), folder)
            : stories.of(null, null);
    String agent =
        first(fields, "agent_id", "agentId") == null
            ? Attribution.MAIN
            : texts.name(first(fields, "agent_type", "agentType"));
    return Attribution.of(
        session, story, projects.of(folder), agent == null ? Attribution.SUBAGENT : agent);
  }

  private static @Nullable String first(Map<?, ?> fields, String key, String other) {
    Object value = fields.get(key) == null ? fields.get(other) : fields.get(key);
    return value instanceof String text && !text.isEmpty() ? text : null;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> fields = JsonDocument.object(json, bytes, from, to);
    return first(fields, "hook_event_name", "hookEventName") != null;
  }

  /** The sessions that wait for a person now. */
  public Set<String> waiting() {
    return state.asked.sessions();
  }

  @Override
  public void save(JsonWriter out) {
    state.save(out);
  }

  @Override
  public void restore(Map<String, @Nullable Object> saved) {
    state.restore(saved);
  }
}
