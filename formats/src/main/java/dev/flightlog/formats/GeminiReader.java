package dev.flightlog.formats;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.RunDocument.Part;
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Gemini CLI chats: one document with all messages or, in newer versions, a line with the
 * session and then a line a message. Thoughts count as output; the status of a call tells whether
 * it failed.
 */
public final class GeminiReader implements LineReader {
  private final FileContext file;
  private final ReaderSettings settings;
  private final Rows rows;
  private final Texts texts;
  private final Sessions sessions;
  private @Nullable String session;

  /** Reads a file of this context. */
  public GeminiReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    this.settings = settings;
    rows = new Rows(file);
    texts = settings.texts();
    sessions = new Sessions(rows, "gemini");
  }

  @Override
  public Outcome read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    RunDocument document = new RunDocument(bytes, from, to, offset);
    String told = texts.name(document.text("sessionId"));
    session = told == null ? session : told;
    String id = session == null ? file.fingerprint() : session;
    RunEvents events = new RunEvents(rows, settings, texts, out, id, id, file.fallbackTime());
    long begun = Moments.of(document.text("startTime"));
    Outcome outcome = Outcome.UNKNOWN;
    if (document.has("messages")) {
      for (Part part : document.parts("messages")) {
        message(part, events);
      }
      outcome = Outcome.READ;
    } else if (document.text("type") != null && document.text("id") != null) {
      if (new JsonReader().reset(bytes, from, to).value() instanceof Map<?, ?> map) {
        message(new Part(map, offset, to - from), events);
        outcome = Outcome.READ;
      }
    } else if (told != null) {
      outcome = Outcome.READ;
    }
    if (outcome == Outcome.READ) {
      boolean known = begun != Timestamps.NONE;
      sessions.met(events.session(), known ? begun : events.firstTime(), events.story());
    }
    return outcome;
  }

  private static void message(Part part, RunEvents events) {
    String id = part.text("id", "");
    String text = RunDocument.plain(part.map().get("content"));
    long time = Moments.of(part.map());
    switch (part.text("type", "")) {
      case "user" -> events.prompt("prompt:" + id, events.where(part, null, time), -1, text);
      case "gemini" -> {
        Where where = events.where(part, ClaudeAgents.MAIN, time);
        used(part, id, where, events);
        if (part.map().get("toolCalls") instanceof List<?> calls) {
          for (Object call : calls) {
            call(RunDocument.map(call), part, where, events);
          }
        }
      }
      case "error" ->
          events.error(
              "error:" + id, events.where(part, ClaudeAgents.MAIN, time), -1, "unknown", text);
      default -> {}
    }
  }

  private static void used(Part part, String id, Where where, RunEvents events) {
    Map<?, ?> tokens = RunDocument.map(part.map().get("tokens"));
    if (tokens.isEmpty()) {
      return;
    }
    long cached = RunDocument.integer(tokens, "cached");
    long input = RunDocument.integer(tokens, "input") + RunDocument.integer(tokens, "tool");
    long output = RunDocument.integer(tokens, "output") + RunDocument.integer(tokens, "thoughts");
    Usage usage = Usage.ofInclusive(input, output, cached, 0);
    events.response("model_call:" + id + ":", where, -1, part.text("model"), usage, Double.NaN);
  }

  private static void call(Map<?, ?> call, Part part, Where where, RunEvents events) {
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.key = "tool_call:" + call.get("id");
    use.tool = call.get("name") instanceof String name ? name : null;
    use.input = call.get("args");
    use.output = output(call);
    String status = String.valueOf(call.get("status"));
    boolean over = status.equals("success") || status.equals("error") || status.equals("cancelled");
    use.success = over ? (Boolean) status.equals("success") : null;
    use.errorType = status.equals("cancelled") ? EventTypes.REJECTED : "tool_error";
    long ended = Moments.of(call);
    if (ended >= where.time()) {
      use.durationMs = (ended - where.time()) / 1000;
    }
    events.call(where, -1, use);
    if (status.equals("cancelled")) {
      Rows row =
          events.open(
              "tool_rejected:" + call.get("id"),
              EventTypes.TOOL_REJECTED,
              events.where(part, ClaudeAgents.MAIN, where.time()),
              -1);
      row.detail("tool", use.tool);
      events.end();
    }
  }

  /** What the model was given back, else what the person was shown. */
  private static @Nullable String output(Map<?, ?> call) {
    if (call.get("result") instanceof List<?> results) {
      StringBuilder all = new StringBuilder();
      for (Object result : results) {
        Map<?, ?> response =
            RunDocument.map(
                RunDocument.map(RunDocument.map(result).get("functionResponse")).get("response"));
        Object text =
            response.get("error") == null ? response.get("output") : response.get("error");
        if (text != null) {
          all.append(all.isEmpty() ? "" : "\n").append(text);
        }
      }
      return all.toString();
    }
    return call.get("resultDisplay") instanceof String shown ? shown : null;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    RunDocument document = new RunDocument(bytes, from, to, 0);
    return document.has("projectHash");
  }

  @Override
  public void flush(EventBatch out) {
    sessions.flush(out);
  }

  @Override
  public void save(JsonWriter state) {
    state.key("session").value(session);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    session = (String) state.get("session");
  }

  @Override
  public Set<String> sessions() {
    return sessions.ids();
  }
}
