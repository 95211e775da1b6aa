package dev.flightlog.formats.trajectory;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs that were written as one JSON document each: SWE-agent, mini-swe-agent, OpenHands,
 * ATIF, tau-bench, AgentRx, logs of failed multi-agent runs, and lists of messages; and ATOF, which
 * is one object a line. Which of them a document is, its members tell.
 *
 * <p>Most of these formats name no session. A run is then known by the hash of its document, so
 * that a copy is the same run; a file that was read before and begins as it did is the same run,
 * grown.
 */
public final class TrajectoryReader implements OccurrenceReader {
  private static final String CLIENT = "trajectory";

  private final FileContext file;
  private final ReaderSettings settings;
  private final Texts texts;
  private final ScopeLines scopes;
  private @Nullable String run;

  /** Reads a file of this context. */
  public TrajectoryReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    this.settings = settings;
    texts = settings.texts();
    scopes = new ScopeLines(file, settings, texts);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    JsonDocument document = new JsonDocument(bytes, from, to, offset);
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
    if (MessageRuns.is(document)) {
      MessageRuns.read(document, (id, session) -> events(id, session, out), CLIENT);
      return Reading.KNOWN;
    }
    return Reading.unknown("document");
  }

  private String run(JsonDocument document) {
    String known = run;
    if (known == null) {
      known = document.hash().substring(0, 12);
      run = known;
    }
    return known;
  }

  private RunEvents events(String id, String session, Occurrence.Sink out) {
    Attribution of = Attribution.of(session, settings.stories().of(null, null), null, null);
    return new RunEvents(texts, settings.prices(), out, id, of, file.fallbackTime());
  }

  private static Reading met(RunEvents events) {
    events.met(CLIENT);
    return Reading.KNOWN;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    JsonReader json = new JsonReader().reset(bytes, from, to);
    return json.peek() == Token.OBJECT && new JsonDocument(bytes, from, to, 0).has("atof_version");
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
}
