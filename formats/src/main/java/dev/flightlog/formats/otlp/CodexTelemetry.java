package dev.flightlog.formats.otlp;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.usage.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Codex's events. Its rollouts know a response only by the totals of the session so far; these are
 * added up here in the order in which the responses come. Its spans are internal, and left out.
 */
final class CodexTelemetry {
  private static final String PREFIX = "codex.";
  private static final Set<String> REFUSALS = Set.of("denied", "abort");

  /** Attributes that say who the user is, or are told otherwise. */
  private static final Set<String> CONSUMED =
      Set.of(
          "event.name",
          "event.timestamp",
          "conversation.id",
          "user.account_id",
          "user.email",
          "auth_mode",
          "terminal.type",
          "app.version",
          "slug");

  private final TelemetryRows rows;

  CodexTelemetry(TelemetryRows rows) {
    this.rows = rows;
  }

  static boolean isFrom(OtlpRecord.Source source) {
    return source.service().startsWith("codex");
  }

  static boolean isEvent(String event) {
    return event.startsWith(PREFIX);
  }

  void log(Log log, String event) {
    Attributes at = log.attributes();
    String session = at.text("conversation.id", "conversation_id");
    Attribution of = rows.of(session, null, Attribution.MAIN, null);
    Origin origin = rows.origin(log.time() == 0 ? log.observed() : log.time(), of);
    rows.session(origin, "codex");
    String own = session + ":" + origin.time();
    switch (event.substring(PREFIX.length())) {
      case "user_prompt" -> {
        Object text = at.get("prompt");
        rows.begin("prompt:codex:" + own, EventTypes.USER_PROMPT, origin.by(null))
            .content("text", "[REDACTED]".equals(text) ? null : text)
            .detail("length", at.count("prompt_length"))
            .end();
      }
      case "sse_event", "websocket_event" -> response(at, session, own, origin);
      case "tool_result" -> result(at, session, origin);
      case "tool_decision" -> decision(at, session, origin);
      case "api_request", "websocket_request", "websocket_connect" -> request(at, own, origin);
      default ->
          rows.begin("codex:" + own + ":" + event, rows.type(event), Category.PERFORMANCE, origin)
              .duration(at.count("duration_ms"))
              .attributes(at, CONSUMED)
              .end();
    }
  }

  private void response(Attributes at, @Nullable String session, String own, Origin origin) {
    long input = at.count("input_token_count");
    long output = at.count("output_token_count");
    String kind = at.text("event.kind");
    if (kind == null || !kind.equals("response.completed") || input < 0) {
      return;
    }
    long cached = Math.max(0, at.count("cached_token_count"));
    String response = at.text("response_id", "response.id");
    long[] sums = rows.related.total(String.valueOf(session), input, cached, Math.max(0, output));
    String key =
        session == null
            ? (response == null ? own : response)
            : session + ":" + sums[0] + "/" + sums[1] + "/" + sums[2];
    rows.begin("model_call:codex:" + key, EventTypes.MODEL_CALL, origin).success(true);
    Usage usage = Usage.ofInclusive(input, Math.max(0, output), cached, 0);
    rows.usage(at.text("model"), usage, Double.NaN);
    rows.detail("reasoning_tokens", at.count("reasoning_token_count")).end();
  }

  private void request(Attributes at, String own, Origin origin) {
    String words = at.text("error.message");
    long status = at.count("http.response.status_code", "status");
    if (words == null && status < 400) {
      return;
    }
    String type = ApiErrors.type(null, Math.max(0, status));
    rows.begin("error:codex:" + own, EventTypes.ERROR, origin)
        .error(new ErrorClass(type, words == null ? "" : words))
        .detail("retry_attempt", at.count("attempt"))
        .end();
  }

  private static String call(@Nullable String session, String id) {
    return "tool_call:" + (session == null ? id : session + ":" + id);
  }

  private void result(Attributes at, @Nullable String session, Origin origin) {
    String id = at.text("call_id");
    Boolean worked = at.flag("success");
    long running = at.count("duration_ms");
    String words = at.text("output");
    ErrorClass error = null;
    if (Boolean.FALSE.equals(worked)) {
      error =
          words == null
              ? new ErrorClass(ErrorClass.TOOL_ERROR, "")
              : ErrorClasses.name(rows.texts.clean(words, ErrorClasses.LOOKED_AT));
    }
    rows.begin(
            call(session, id == null ? String.valueOf(origin.time()) : id),
            EventTypes.TOOL_CALL,
            origin.at(origin.time() - Math.max(0, running) * 1000))
        .detail("tool", at.text("tool_name"))
        .content("input", at.get("arguments"))
        .duration(running)
        .detail("running_ms", running)
        .success(worked)
        .error(error)
        .content("output", words)
        .resultAt(origin.time())
        .end();
  }

  private void decision(Attributes at, @Nullable String session, Origin origin) {
    String id = at.text("call_id");
    String decision = at.text("decision");
    if (id == null || decision == null) {
      return;
    }
    boolean refused = REFUSALS.contains(decision);
    rows.begin(call(session, id), EventTypes.TOOL_CALL, origin)
        .detail("tool", at.text("tool_name"))
        .detail("decision", decision)
        .detail("decision_source", at.text("source"));
    if (refused) {
      rows.success(false).error(new ErrorClass(EventTypes.REJECTED, "refused: " + decision));
    }
    rows.end();
    if (refused) {
      String own = session == null ? id : session + ":" + id;
      rows.begin("tool_rejected:" + own, EventTypes.TOOL_REJECTED, origin)
          .detail("tool", at.text("tool_name"))
          .end();
    }
  }
}
