package dev.flightlog.formats.qwen;

import static dev.flightlog.formats.reading.JsonDocument.text;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads chats of Qwen Code ({@code ~/.qwen/projects}). The envelope is Claude Code's, the messages
 * are Gemini's: {@code parts} with texts, calls and responses. Thoughts are part of the candidates'
 * tokens, cached input is part of the prompt's.
 */
public final class QwenReader implements OccurrenceReader {
  /** Members of its lines. */
  private static final String KNOWN =
      """
          contextWindowSize cwd gitBranch message model parentUuid sessionId subtype
          systemPayload timestamp toolCallResult type usageMetadata uuid version
          provenance agentId isSidechain
      """;

  private final Texts texts;
  private final SessionLines lines;

  /** Reads a file of this context. */
  public QwenReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    lines = new SessionLines(file, settings, texts, "qwen-code").knows(KNOWN);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    lines.session(text(line, "sessionId"), text(line, "cwd"), text(line, "gitBranch"));
    lines.version(text(line, "version"));
    Origin origin = lines.origin(line.get("timestamp"), offset, to - from, out);
    String uuid = String.valueOf(line.get("uuid"));
    String type = String.valueOf(line.get("type"));
    Object parts = JsonDocument.map(line.get("message")).get("parts");
    switch (type) {
      case "user" -> {
        String text = words(parts);
        if (!text.isBlank() && !"system".equals(line.get("provenance"))) {
          out.take(new Occurrence.Prompted(origin, "prompt:" + uuid, Content.text(text), null));
        }
      }
      case "assistant" -> assistant(line, parts, uuid, origin, out);
      case "tool_result" ->
          result(JsonDocument.map(line.get("toolCallResult")), parts, origin, out);
      case "system" -> {
        return system(line, uuid, origin, out);
      }
      default -> {
        return Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  private void assistant(
      Map<?, ?> line, @Nullable Object parts, String uuid, Origin origin, Occurrence.Sink out) {
    Map<?, ?> used = JsonDocument.map(line.get("usageMetadata"));
    Usage usage =
        Usage.ofInclusive(
            JsonDocument.integer(used, "promptTokenCount"),
            Math.max(
                JsonDocument.integer(used, "candidatesTokenCount"),
                JsonDocument.integer(used, "totalTokenCount")
                    - JsonDocument.integer(used, "promptTokenCount")),
            JsonDocument.integer(used, "cachedContentTokenCount"),
            0);
    if (usage.total() > 0) {
      out.take(
          new Occurrence.ModelAnswered(
              origin,
              "model_call:" + uuid + ":",
              texts.name(text(line, "model")),
              usage,
              Double.NaN,
              null,
              JsonDocument.integer(line, "contextWindowSize")));
    }
    String text = words(parts);
    if (!text.isBlank()) {
      out.take(new Occurrence.Said(origin, "said:" + uuid, Content.text(text)));
    }
    int place = 0;
    for (Object part : parts instanceof List<?> list ? list : List.of()) {
      Map<?, ?> call = JsonDocument.map(JsonDocument.map(part).get("functionCall"));
      if (!call.isEmpty()) {
        String id = call.get("id") instanceof String told ? told : uuid + ":" + place;
        Content input = Content.value(call.get("args"));
        out.take(
            new Occurrence.ToolCalled(
                origin, lines.session() + ":" + id, texts.name(text(call, "name")), input));
      }
      place++;
    }
  }

  private void result(Map<?, ?> told, @Nullable Object parts, Origin origin, Occurrence.Sink out) {
    for (Object part : parts instanceof List<?> list ? list : List.of()) {
      Map<?, ?> response = JsonDocument.map(JsonDocument.map(part).get("functionResponse"));
      if (response.isEmpty()) {
        continue;
      }
      Map<?, ?> of = JsonDocument.map(response.get("response"));
      Object output = of.get("error") == null ? of.get("output") : of.get("error");
      String text = output == null ? "" : JsonDocument.words(output);
      String status = String.valueOf(told.get("status"));
      boolean failed = status.equals("error") || (told.isEmpty() && of.get("error") != null);
      Outcome outcome = Outcome.WORKED;
      if (status.equals("cancelled")) {
        outcome =
            new Outcome.Refused(
                new ErrorClass("rejected", ErrorClasses.name(text).message()), null);
      } else if (failed) {
        ErrorClass named = ErrorClasses.name(texts.clean(text, ErrorClasses.LOOKED_AT));
        String type = text(told, "errorType");
        String name = type == null ? null : texts.name(type);
        outcome = ErrorClasses.outcome(name == null ? named : named.orTold(name), null);
      }
      String id = lines.session() + ":" + response.get("id");
      out.take(new Occurrence.ToolReturned(origin, id, outcome, Content.text(text), -1));
    }
  }

  private Reading system(Map<?, ?> line, String uuid, Origin origin, Occurrence.Sink out) {
    String subtype = String.valueOf(line.get("subtype"));
    Map<?, ?> payload = JsonDocument.map(line.get("systemPayload"));
    switch (subtype) {
      case "slash_command" -> {
        if (payload.get("rawCommand") instanceof String command
            && !"result".equals(payload.get("phase"))) {
          String name = command.strip().split("\\s", 2)[0];
          out.take(
              new Occurrence.Prompted(
                  origin, "command:" + uuid, Content.text(command), texts.name(name)));
        }
      }
      case "ui_telemetry" -> telemetry(JsonDocument.map(payload.get("uiEvent")), uuid, origin, out);
      case "chat_compression" ->
          out.take(new Occurrence.Compacted(origin, "compaction:" + uuid, null, null));
      case "attribution_snapshot",
          "custom_title",
          "rewind",
          "session_artifact_snapshot",
          "at_command",
          "notification",
          "file_history_snapshot" -> {}
      default -> {
        return Reading.unknown("system " + subtype);
      }
    }
    return Reading.KNOWN;
  }

  /** Of the program's own telemetry only errors are of interest: the rest stands in messages. */
  private void telemetry(Map<?, ?> event, String uuid, Origin origin, Occurrence.Sink out) {
    if (String.valueOf(event.get("event.name")).endsWith("api_error")) {
      long status = JsonDocument.integer(event, "status_code");
      Object error =
          event.get("error_message") == null ? event.get("error") : event.get("error_message");
      String words = error instanceof String text ? texts.name(text) : null;
      out.take(
          new Occurrence.ErrorMet(
              origin,
              "error:" + uuid,
              new ErrorClass(ApiErrors.type(null, status), ApiErrors.message(words)),
              null));
    }
  }

  private static String words(@Nullable Object parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts instanceof List<?> list ? list : List.of()) {
      Map<?, ?> map = JsonDocument.map(part);
      if (map.get("text") instanceof String words && !Boolean.TRUE.equals(map.get("thought"))) {
        text.append(text.isEmpty() ? "" : "\n").append(words);
      }
    }
    return text.toString();
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("sessionId") instanceof String && line.get("uuid") instanceof String;
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
  }
}
