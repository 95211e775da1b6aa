package dev.flightlog.formats.kimi;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of Kimi CLI's wire protocol: a type and a payload. A call's arguments may come in pieces
 * behind it. A record tells no model. Not thread-safe.
 */
final class KimiWire {
  private static final int MOST = 1024;

  private final Texts texts;
  private final String run;
  private final Map<String, String> asked = new LinkedHashMap<>();
  private final Set<String> refused = new LinkedHashSet<>();

  /**
   * @param run what makes the keys of this file its own
   */
  KimiWire(Texts texts, String run) {
    this.texts = texts;
    this.run = run;
  }

  Reading read(Map<?, ?> message, Origin origin, Occurrence.Sink out) {
    String type = String.valueOf(message.get("type"));
    Map<?, ?> payload = JsonDocument.map(message.get("payload"));
    String key = "kimi:" + run + ":" + origin.offset();
    switch (type) {
      case "TurnBegin", "SteerInput" -> {
        String text = JsonDocument.plain(payload.get("user_input"));
        if (!text.isBlank()) {
          out.take(new Occurrence.Prompted(origin, "prompt:" + key, Content.text(text), null));
        }
      }
      case "ContentPart", "TextPart" -> {
        if (payload.get("text") instanceof String text && !text.isBlank()) {
          out.take(new Occurrence.Said(origin, "said:" + key, Content.text(text)));
        }
      }
      case "ToolCall" -> {
        Map<?, ?> function = JsonDocument.map(payload.get("function"));
        out.take(
            new Occurrence.ToolCalled(
                origin,
                id(payload.get("id")),
                texts.name(JsonDocument.text(function, "name")),
                Content.value(function.get("arguments"))));
      }
      case "ToolResult" -> result(payload, origin, out);
      case "ApprovalRequest" -> remember(payload);
      case "ApprovalResponse", "ApprovalRequestResolved" -> {
        String call = asked.remove(String.valueOf(payload.get("request_id")));
        if (call != null && "reject".equals(payload.get("response"))) {
          refused.add(call);
        }
      }
      case "StatusUpdate" ->
          status(JsonDocument.map(payload.get("token_usage")), payload, key, origin, out);
      case "StepInterrupted" -> out.take(new Occurrence.Interrupted(origin, "interrupt:" + key));
      case "StepRetry" ->
          out.take(
              new Occurrence.ErrorMet(
                  origin,
                  "error:" + key,
                  new ErrorClass(
                      ApiErrors.type(null, JsonDocument.integer(payload, "status_code")),
                      String.valueOf(texts.name(JsonDocument.text(payload, "error_type")))),
                  (Long) JsonDocument.integer(payload, "n")));
      case "CompactionEnd" ->
          out.take(new Occurrence.Compacted(origin, "compaction:" + key, null, null));
      case "SubagentEvent" -> {
        if (payload.get("event") instanceof Map<?, ?> event && event.get("payload") != null) {
          String agent = texts.name(JsonDocument.text(payload, "subagent_type"));
          return read(event, origin.by(agent == null ? Attribution.SUBAGENT : agent), out);
        }
      }
      case "TurnEnd",
          "StepBegin",
          "ThinkPart",
          "ImageURLPart",
          "AudioURLPart",
          "VideoURLPart",
          "ToolCallPart",
          "ToolCallRequest",
          "CompactionBegin",
          "HookTriggered",
          "HookResolved",
          "HookRequest",
          "MCPLoadingBegin",
          "MCPLoadingEnd",
          "Notification",
          "PlanDisplay",
          "BtwBegin",
          "BtwEnd",
          "QuestionRequest" -> {}
      default -> {
        return Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  private String id(@Nullable Object call) {
    return run + ":" + call;
  }

  private void remember(Map<?, ?> request) {
    if (asked.size() >= MOST) {
      asked.remove(asked.keySet().iterator().next());
    }
    asked.put(String.valueOf(request.get("id")), String.valueOf(request.get("tool_call_id")));
  }

  private void result(Map<?, ?> payload, Origin origin, Occurrence.Sink out) {
    Map<?, ?> told = JsonDocument.map(payload.get("return_value"));
    String call = String.valueOf(payload.get("tool_call_id"));
    Object output = told.get("output");
    String words = output == null ? "" : words(output);
    Object shown = words.isEmpty() ? told.get("message") : output;
    Outcome outcome = outcome(told.get("is_error"), shown);
    if (refused.remove(call)) {
      ErrorClass named = ErrorClasses.name(texts.clean(words(shown), ErrorClasses.LOOKED_AT));
      outcome = new Outcome.Refused(new ErrorClass("rejected", named.message()), null);
    }
    out.take(
        new Occurrence.ToolReturned(origin, id(call), outcome, Content.text(words(shown)), -1));
  }

  private static void status(
      Map<?, ?> used, Map<?, ?> payload, String key, Origin origin, Occurrence.Sink out) {
    Usage usage =
        Usage.of(
            JsonDocument.integer(used, "input_other"),
            JsonDocument.integer(used, "output"),
            JsonDocument.integer(used, "input_cache_read"),
            JsonDocument.integer(used, "input_cache_creation"));
    if (usage.total() > 0) {
      out.take(
          new Occurrence.ModelAnswered(
              origin,
              "model_call:" + key,
              null,
              usage,
              Double.NaN,
              null,
              JsonDocument.integer(payload, "max_context_tokens")));
    }
  }

  /** How a call ended, by its own word. */
  Outcome outcome(@Nullable Object isError, @Nullable Object told) {
    return Boolean.TRUE.equals(isError)
        ? ErrorClasses.outcome(
            ErrorClasses.name(texts.clean(words(told), ErrorClasses.LOOKED_AT)), null)
        : Outcome.WORKED;
  }

  /** The output of a call: a text, or blocks of it. */
  static String words(@Nullable Object told) {
    String plain = JsonDocument.plain(told);
    return told == null
        ? ""
        : plain.isEmpty() && !(told instanceof String) ? JsonDocument.words(told) : plain;
  }

  void save(JsonWriter state) {
    state.key("asked").value(asked).key("refused").value(new ArrayList<>(refused));
  }

  void restore(Map<String, @Nullable Object> state) {
    if (state.get("asked") instanceof Map<?, ?> map) {
      map.forEach((request, call) -> asked.put(String.valueOf(request), String.valueOf(call)));
    }
    if (state.get("refused") instanceof List<?> list) {
      list.forEach(call -> refused.add(String.valueOf(call)));
    }
  }
}
