package dev.flightlog.formats.gemini;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.StrangeFields;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.trajectory.RunEvents;
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Gemini CLI chats: one document with all messages or, in newer versions, a line with the
 * session and then lines with one message each, batches of them ({@code $set}), and marks to which
 * message the person went back ({@code $rewindTo}); what was gone back from was paid all the same.
 * A message that is written again has the same id. Thoughts count as output; the status of a call
 * tells whether it failed. A call whose time is not behind its message's tells no duration.
 */
public final class GeminiReader implements OccurrenceReader {
  private static final String CLIENT = "gemini";

  /** Members of its messages. */
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "timestamp",
          "type",
          "content",
          "displayContent",
          "toolCalls",
          "thoughts",
          "tokens",
          "model",
          "promptId",
          "renderOutputAsMarkdown");

  private final StrangeFields strange = new StrangeFields();
  private final FileContext file;
  private final ReaderSettings settings;
  private final Texts texts;
  private @Nullable String session;
  private @Nullable String story;
  private @Nullable String project;

  /** Reads a file of this context. */
  public GeminiReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    this.settings = settings;
    texts = settings.texts();
    story = settings.stories().of(null, null);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    JsonDocument document = new JsonDocument(bytes, from, to, offset);
    String told = texts.name(document.text("sessionId"));
    if (told != null) {
      session = told;
      folder(document);
    }
    String id = session == null ? file.fingerprint() : session;
    Attribution of = Attribution.of(id, story, project, null);
    RunEvents events = new RunEvents(texts, settings.prices(), out, id, of, file.fallbackTime());
    for (Part part : document.parts("messages")) {
      strange.look(part.text("type"), part.map(), KNOWN);
    }
    Reading reading = messages(document, bytes, from, to, offset, events);
    if (reading instanceof Reading.Known) {
      long begun = Times.of((Object) document.text("startTime"));
      if (begun == Timestamps.NONE) {
        events.met(CLIENT);
      } else {
        out.take(new Occurrence.SessionMet(new Origin(begun, true, of, 0, 0), CLIENT));
      }
    }
    return reading;
  }

  @Override
  public Map<String, Long> strangeFields() {
    return strange.counts();
  }

  private void folder(JsonDocument document) {
    for (String key : new String[] {"cwd", "projectRoot", "workspace"}) {
      String folder = texts.name(document.text(key));
      if (folder != null) {
        story = settings.stories().of(null, folder);
        project = settings.projects().of(folder);
        return;
      }
    }
  }

  private static Reading messages(
      JsonDocument document, byte[] bytes, int from, int to, long offset, RunEvents events) {
    if (document.has("messages")) {
      Reading reading = Reading.KNOWN;
      for (Part part : document.parts("messages")) {
        Reading each = message(part, events);
        reading = each instanceof Reading.Known ? reading : each;
      }
      return reading;
    }
    if (document.has("$set")) {
      if (document.map("$set").get("messages") instanceof List<?> messages) {
        for (Object message : messages) {
          message(new Part(JsonDocument.map(message), offset, to - from), events);
        }
      }
      return Reading.KNOWN;
    }
    if (document.has("$rewindTo")) {
      return Reading.KNOWN;
    }
    if (document.text("type") != null && document.text("id") != null) {
      Map<?, ?> map =
          JsonDocument.object(new dev.flightlog.event.json.JsonReader(), bytes, from, to);
      return message(new Part(map, offset, to - from), events);
    }
    return document.text("sessionId") == null
        ? Reading.unknown(document.text("type"))
        : Reading.KNOWN;
  }

  private static Reading message(Part part, RunEvents events) {
    String id = part.text("id", "");
    String text = JsonDocument.plain(part.map().get("content"));
    long time = Times.of(part.map());
    String type = part.text("type", "");
    switch (type) {
      case "user" -> {
        if (!text.isBlank()) {
          events.prompt("prompt:" + id, events.origin(part, null, time), -1, text);
        }
      }
      case "gemini" -> {
        Origin origin = events.origin(part, Attribution.MAIN, time);
        used(part, id, origin, events);
        if (!text.isBlank()) {
          events.said("said:" + id, origin, -1, text);
        }
        if (part.map().get("toolCalls") instanceof List<?> calls) {
          for (Object call : calls) {
            call(JsonDocument.map(call), origin, events);
          }
        }
      }
      case "error" ->
          events.error(
              "error:" + id, events.origin(part, Attribution.MAIN, time), -1, "unknown", text);
      case "info", "warning", "" -> {}
      default -> {
        return Reading.unknown("message " + type);
      }
    }
    return Reading.KNOWN;
  }

  private static void used(Part part, String id, Origin origin, RunEvents events) {
    Map<?, ?> tokens = JsonDocument.map(part.map().get("tokens"));
    if (tokens.isEmpty()) {
      return;
    }
    Usage usage =
        Usage.ofInclusive(
            JsonDocument.integer(tokens, "input") + JsonDocument.integer(tokens, "tool"),
            JsonDocument.integer(tokens, "output") + JsonDocument.integer(tokens, "thoughts"),
            JsonDocument.integer(tokens, "cached"),
            0);
    events.response("model_call:" + id + ":", origin, -1, part.text("model"), usage, Double.NaN);
  }

  private static void call(Map<?, ?> call, Origin origin, RunEvents events) {
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.id = String.valueOf(call.get("id"));
    use.tool = call.get("name") instanceof String name ? name : null;
    use.input = call.get("args");
    use.output = output(call);
    String status = String.valueOf(call.get("status"));
    boolean over = status.equals("success") || status.equals("error") || status.equals("cancelled");
    use.success = over ? (Boolean) status.equals("success") : null;
    use.errorType = status.equals("cancelled") ? "rejected" : "tool_error";
    long ended = Times.of(call);
    if (ended != Timestamps.NONE && ended > origin.time()) {
      use.resultAt = ended;
    }
    events.call(origin, -1, use);
  }

  /** What the model was given back, else what the person was shown. */
  private static @Nullable String output(Map<?, ?> call) {
    if (call.get("result") instanceof List<?> results) {
      StringBuilder all = new StringBuilder();
      for (Object result : results) {
        Map<?, ?> response =
            JsonDocument.map(
                JsonDocument.map(JsonDocument.map(result).get("functionResponse")).get("response"));
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
    return new JsonDocument(bytes, from, to, 0).has("projectHash");
  }

  @Override
  public void save(JsonWriter state) {
    state.key("session").value(session).key("story").value(story).key("project").value(project);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    session = (String) state.get("session");
    story = state.get("story") instanceof String name ? name : story;
    project = (String) state.get("project");
  }
}
