package dev.flightlog.formats;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs that were written as one JSON document each: SWE-agent, mini-swe-agent, OpenHands,
 * ATIF, and logs of failed multi-agent runs; and ATOF, which is one object a line. Which of them a
 * document is, its members tell.
 *
 * <p>Most of these formats name no session. A run is then known by the hash of its document, so
 * that a copy is the same run; a file that was read before and begins as it did is the same run,
 * grown.
 */
public final class TrajectoryReader implements LineReader {
  private final FileContext file;
  private final ReaderSettings settings;
  private final Rows rows;
  private final Texts texts;
  private final Sessions sessions;
  private final ScopeLines scopes;
  private @Nullable String run;

  /** Reads a file of this context. */
  public TrajectoryReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    this.settings = settings;
    rows = new Rows(file);
    texts = settings.texts();
    sessions = new Sessions(rows, "trajectory");
    scopes = new ScopeLines(file, settings, rows, texts, sessions);
  }

  @Override
  public Outcome read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    RunDocument document = new RunDocument(bytes, from, to, offset);
    if (document.has("atof_version")) {
      return scopes.read(document, offset, to - from, out);
    }
    if (FailureLog.is(document)) {
      String id = run(document);
      RunEvents events = events(id, FailureLog.session(document, id), out);
      FailureLog.read(document, events);
      return met(events);
    }
    if (AtifRun.is(document)) {
      String told = texts.name(document.text("session_id"));
      String id = told == null ? run(document) : told;
      RunEvents events = events(id, told == null ? "atif-" + id : told, out);
      AtifRun.read(document, events);
      return met(events);
    }
    if (OpenHandsRun.is(document)) {
      RunEvents events = events(run(document), "openhands-" + run(document), out);
      OpenHandsRun.read(document, events);
      return met(events);
    }
    if (SweAgentRun.is(document)) {
      RunEvents events = events(run(document), "swe-agent-" + run(document), out);
      SweAgentRun.read(document, events);
      return met(events);
    }
    if (MiniSweRun.is(document)) {
      RunEvents events = events(run(document), "mini-swe-agent-" + run(document), out);
      MiniSweRun.read(document, events);
      return met(events);
    }
    return Outcome.UNKNOWN;
  }

  private String run(RunDocument document) {
    String known = run;
    if (known == null) {
      known = document.hash().substring(0, 12);
      run = known;
    }
    return known;
  }

  private RunEvents events(String id, String session, EventBatch out) {
    return new RunEvents(rows, settings, texts, out, id, session, file.fallbackTime());
  }

  private Outcome met(RunEvents events) {
    sessions.met(events.session(), events.firstTime(), events.story());
    return Outcome.READ;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    JsonReader json = new JsonReader().reset(bytes, from, to);
    return json.peek() == Token.OBJECT && new RunDocument(bytes, from, to, 0).has("atof_version");
  }

  @Override
  public void flush(EventBatch out) {
    scopes.flush(out);
    sessions.flush(out);
  }

  @Override
  public void save(JsonWriter state) {
    state.key("run").value(run);
    scopes.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    run = (String) state.get("run");
    scopes.restore(state);
  }

  @Override
  public Set<String> sessions() {
    return sessions.ids();
  }
}
