package dev.flightlog.formats.droid;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
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
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Factory's Droid leaves: its sessions ({@code ~/.factory/sessions/**.jsonl}), the
 * settings beside them, which tell the tokens of a whole session, and what {@code droid exec
 * --output-format stream-json} prints, where the last line tells them.
 */
public final class DroidReader implements OccurrenceReader {
  private static final Pattern REMINDER =
      Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);
  private static final String SETTINGS = ".settings.json";

  /** Members of its lines. */
  private static final String KNOWN =
      """
          cwd finalText id message messageId model owner parameters parentId role
          sessionTitle session_id sessionId text timestamp title toolCallId toolId
          toolName type value version isError isSessionTitleManuallySet subtype tools
          reasoning_effort usage numTurns durationMs source tokenUsage
          assistantActiveTimeMs autonomyMode autonomyLevel reasoningEffort providerLock
          providerLockTimestamp apiProviderLock specModeReasoningEffort specModeModel
          interactionMode archivedAt todos compactionSummaryMessageId hostId
      """;

  private final FileContext file;
  private final Texts texts;
  private final SessionLines lines;
  private @Nullable String model;

  /** Hash of what was said last: the last line says it again. */
  private long said;

  /** Reads a file of this context. */
  public DroidReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    texts = settings.texts();
    lines = new SessionLines(file, settings, texts, "droid").knows(KNOWN);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    String type = JsonDocument.text(line, "type");
    Object told = line.get("sessionId") == null ? line.get("session_id") : line.get("sessionId");
    if ("session_start".equals(type)) {
      told = line.get("id");
    } else if (type == null && line.get("tokenUsage") instanceof Map<?, ?>) {
      told = sessionOfSettings();
    }
    String folder = JsonDocument.text(line, "cwd");
    String session = told == null ? lines.session() : String.valueOf(told);
    lines.session(session == null ? "droid-" + file.fingerprint() : session, folder, null);
    String named = JsonDocument.text(line, "model");
    model = named == null ? model : texts.name(named);
    Origin origin = lines.origin(line.get("timestamp"), offset, to - from, out);
    if (type == null) {
      return settings(line, origin, out);
    }
    return line(line, type, origin, out);
  }

  private Reading line(Map<?, ?> line, String type, Origin origin, Occurrence.Sink out) {
    String key = "droid:" + lines.session() + ":" + line.get("id");
    switch (type) {
      case "message" -> {
        return line.get("message") instanceof Map<?, ?> message
            ? message(message.get("role"), message.get("content"), key, origin, out)
            : message(line.get("role"), line.get("text"), key, origin, out);
      }
      case "tool_call" -> {
        String tool = texts.name(JsonDocument.text(line, "toolName"));
        Content input = Content.value(line.get("parameters"));
        out.take(new Occurrence.ToolCalled(origin, call(line), tool, input));
      }
      case "tool_result" -> {
        Map<?, ?> value = JsonDocument.map(line.get("value"));
        Object exit = value.get("exitCode");
        boolean failed =
            Boolean.TRUE.equals(line.get("isError"))
                || (exit instanceof Number code && code.longValue() != 0);
        String words =
            value.isEmpty()
                ? JsonDocument.plain(line.get("value"))
                : JsonDocument.plain(value.get("stdout")) + JsonDocument.plain(value.get("stderr"));
        returned(call(line), failed, exit, words, origin, out);
      }
      case "completion" -> {
        answered(JsonDocument.map(line.get("usage")), false, origin, out);
        if (line.get("finalText") instanceof String text
            && !text.isBlank()
            && text.strip().hashCode() != said) {
          out.take(new Occurrence.Said(origin, "said:" + key, Content.text(text)));
        }
      }
      case "error" -> {
        String words = texts.name(JsonDocument.text(line, "message"));
        out.take(
            new Occurrence.ErrorMet(
                origin,
                "error:" + key + ":" + origin.offset(),
                new ErrorClass(ApiErrors.type(null, 0), ApiErrors.message(words)),
                null));
      }
      case "compaction_state" ->
          out.take(new Occurrence.Compacted(origin, "compaction:" + key, null, null));
      case "session_start", "session_end", "system", "todo_state", "reasoning" -> {}
      default -> {
        return Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  private static String words(String text) {
    return REMINDER.matcher(text).replaceAll("").strip();
  }

  private String call(Map<?, ?> line) {
    Object id = line.get("toolCallId") == null ? line.get("id") : line.get("toolCallId");
    return "droid:" + lines.session() + ":" + id;
  }

  private Reading message(
      @Nullable Object role,
      @Nullable Object content,
      String key,
      Origin origin,
      Occurrence.Sink out) {
    String text = words(JsonDocument.plain(content));
    boolean person = "user".equals(role);
    Reading reading = Reading.KNOWN;
    for (Object each : content instanceof List<?> list ? list : List.of()) {
      Map<?, ?> block = JsonDocument.map(each);
      String type = String.valueOf(block.get("type"));
      switch (type) {
        case "tool_use" -> {
          String id = "droid:" + lines.session() + ":" + block.get("id");
          String tool = texts.name(JsonDocument.text(block, "name"));
          out.take(new Occurrence.ToolCalled(origin, id, tool, Content.value(block.get("input"))));
        }
        case "tool_result" -> {
          String id = "droid:" + lines.session() + ":" + block.get("tool_use_id");
          boolean failed = Boolean.TRUE.equals(block.get("is_error"));
          returned(id, failed, null, JsonDocument.plain(block.get("content")), origin, out);
        }
        case "text", "thinking", "redacted_thinking", "image", "document" -> {}
        default -> reading = Reading.unknown("block " + type);
      }
    }
    if (!text.isBlank() && person) {
      out.take(new Occurrence.Prompted(origin, "prompt:" + key, Content.text(text), null));
    } else if (!text.isBlank()) {
      said = text.hashCode();
      out.take(new Occurrence.Said(origin, "said:" + key, Content.text(text)));
    }
    return reading;
  }

  private void returned(
      String id,
      boolean failed,
      @Nullable Object exit,
      String words,
      Origin origin,
      Occurrence.Sink out) {
    Outcome outcome = Outcome.WORKED;
    if (failed) {
      ErrorClass named = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
      outcome =
          ErrorClasses.outcome(
              exit == null ? named : named.orTold(ErrorClasses.exitType(String.valueOf(exit))),
              null);
    }
    out.take(new Occurrence.ToolReturned(origin, id, outcome, Content.text(words), -1));
  }

  private Reading settings(Map<?, ?> line, Origin origin, Occurrence.Sink out) {
    if (!(line.get("tokenUsage") instanceof Map<?, ?> used)) {
      return Reading.unknown("document");
    }
    answered(used, true, origin, out);
    return Reading.KNOWN;
  }

  /** The settings of a session are named after it. */
  private String sessionOfSettings() {
    String path = file.name();
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return name.endsWith(SETTINGS) ? name.substring(0, name.length() - SETTINGS.length()) : name;
  }

  private void answered(Map<?, ?> used, boolean camel, Origin origin, Occurrence.Sink out) {
    Usage usage =
        camel
            ? usage(used, "inputTokens", "outputTokens", "cacheReadTokens", "cacheCreationTokens")
            : usage(
                used,
                "input_tokens",
                "output_tokens",
                "cache_read_input_tokens",
                "cache_creation_input_tokens");
    if (usage.total() > 0) {
      String key = "model_call:run:droid:" + lines.session();
      out.take(new Occurrence.ModelAnswered(origin, key, model, usage, Double.NaN, null, 0));
    }
  }

  private static Usage usage(
      Map<?, ?> used, String input, String output, String cacheRead, String cacheWrite) {
    return Usage.of(
        JsonDocument.integer(used, input),
        JsonDocument.integer(used, output),
        JsonDocument.integer(used, cacheRead),
        JsonDocument.integer(used, cacheWrite));
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("type") instanceof String && line.get("id") instanceof String;
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
    state.key("model").value(model).key("said").number(said);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
    model = (String) state.get("model");
    said = state.get("said") instanceof Number number ? number.longValue() : 0;
  }
}
