package dev.flightlog.formats.claude;

import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RunTotals;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Claude Code says about itself: API errors, compactions, the time of a turn, the end. */
final class ClaudeNotices {
  private final FileContext file;
  private final Texts texts;
  private final RunTotals totals;

  ClaudeNotices(FileContext file, Texts texts, RunTotals totals) {
    this.file = file;
    this.texts = texts;
    this.totals = totals;
  }

  /** A system line. */
  Reading system(ClaudeLine line, Origin origin, ClaudeMessages messages, Occurrence.Sink out) {
    String subtype = line.subtype.string();
    switch (subtype == null ? "" : subtype) {
      case "compact_boundary", "microcompact_boundary" -> compacted(line, origin, out);
      case "api_error", "error", "api_retry" -> apiError(line, origin, out);
      case "api_refusal" ->
          out.take(
              new Occurrence.ErrorMet(
                  origin,
                  key("error:", line, origin),
                  new ErrorClass("refusal", message(line.content.string())),
                  null));
      case "turn_duration" ->
          out.take(
              new Occurrence.TurnEnded(
                  origin, key("turn:", line, origin), line.durationMs.integer(0)));
      case "task_notification" -> {
        String call = line.toolUseId.string();
        String status = line.status.string();
        if (call != null && status != null) {
          ClaudeNotifications.told(
              call, status, line.summary.string(), origin, messages::agentEnded, out);
        }
      }
      case "init",
          "local_command",
          "stop_hook_summary",
          "session_start",
          "model_refusal_fallback",
          "status",
          "informational",
          "permission_denied",
          "hook_started",
          "hook_progress",
          "hook_response",
          "plugin_install",
          "task_started",
          "task_progress",
          "task_updated",
          "background_tasks_changed",
          "bridge_status",
          "away_summary",
          "memory_saved",
          "mirror_error" -> {}
      default -> {
        return Reading.unknown("system " + subtype);
      }
    }
    return Reading.KNOWN;
  }

  /** An assistant message that the program made from the error of an API call. */
  void apiErrorMessage(ClaudeLine line, Origin origin, Occurrence.Sink out) {
    String text = ClaudeMessages.text(line.message);
    long status = line.apiErrorStatus.integer(0);
    out.take(
        new Occurrence.ErrorMet(
            origin,
            key("error:", line, origin),
            new ErrorClass(
                ApiErrors.type(line.error.string(), status == 0 ? ApiErrors.status(text) : status),
                message(text)),
            null));
  }

  /** The last line of {@code stream-json}: how the whole run ended, and what it used. */
  void result(ClaudeLine line, Origin origin, Occurrence.Sink out) {
    String subtype = line.subtype.string();
    boolean failed = line.isError.isTrue() || !"success".equals(subtype);
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    number("num_turns", line.turns, details);
    number("duration_api_ms", line.durationApiMs, details);
    double cost = line.totalCost.real(Double.NaN);
    if (!Double.isNaN(cost)) {
      details.put("total_cost_usd", cost);
    }
    ErrorClass error = null;
    if (failed) {
      String text = line.result.string();
      if (text == null && line.errors.has()) {
        text = line.errors.content().text();
      }
      long status = ApiErrors.status(text);
      String type =
          status > 0
              ? ApiErrors.type(null, status)
              : "success".equals(subtype) || subtype == null ? "unknown" : subtype;
      error = new ErrorClass(type, message(text));
    }
    String key = key("result:", line, origin);
    out.take(
        new Occurrence.AgentEnded(
            origin,
            key,
            !failed,
            line.streamDurationMs.integer(-1),
            error,
            line.result.isString() ? line.result.content() : Content.NONE,
            details));
    totals(line, origin, key, cost, out);
  }

  private void totals(
      ClaudeLine line, Origin origin, String run, double cost, Occurrence.Sink out) {
    Map<String, RunTotals.Told> told = new LinkedHashMap<>();
    if (line.modelUsage.value() instanceof Map<?, ?> models) {
      models.forEach((model, of) -> {
        if (of instanceof Map<?, ?> used) {
          told.put(String.valueOf(texts.name(String.valueOf(model))), told(used));
        }
      });
    }
    if (!told.isEmpty()) {
      totals.settle(origin, run, told, out);
    } else if (totals.size() > 0 && !Double.isNaN(cost)) {
      totals.settle(cost, out);
    } else if (line.resultUsage.value() instanceof Map<?, ?> used && cost > 0) {
      Usage all =
          Usage.of(
              count(used, "input_tokens"),
              count(used, "output_tokens"),
              count(used, "cache_read_input_tokens"),
              count(used, "cache_creation_input_tokens"));
      out.take(
          new Occurrence.ModelAnswered(origin, "model_call:run:" + run, null, all, cost, null, 0));
    }
  }

  private static RunTotals.Told told(Map<?, ?> used) {
    Usage usage =
        new Usage(
            count(used, "inputTokens"),
            count(used, "outputTokens"),
            count(used, "cacheReadInputTokens"),
            count(used, "cacheCreationInputTokens"),
            0,
            count(used, "webSearchRequests"),
            Billing.STANDARD);
    double cost = used.get("costUSD") instanceof Number usd ? usd.doubleValue() : Double.NaN;
    return new RunTotals.Told(usage, cost);
  }

  private static long count(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }

  private void compacted(ClaudeLine line, Origin origin, Occurrence.Sink out) {
    Object metadata = line.compactMetadata.value();
    if (metadata == null) {
      metadata = line.streamCompactMetadata.value();
    }
    String trigger = null;
    Long tokens = null;
    if (metadata instanceof Map<?, ?> map) {
      trigger = map.get("trigger") instanceof String name ? texts.name(name) : null;
      Object before = map.get("preTokens") == null ? map.get("pre_tokens") : map.get("preTokens");
      tokens = before instanceof Number number ? (Long) number.longValue() : null;
    }
    out.take(new Occurrence.Compacted(origin, key("compaction:", line, origin), trigger, tokens));
  }

  private void apiError(ClaudeLine line, Origin origin, Occurrence.Sink out) {
    Object error = line.error.value();
    String told = error instanceof String text ? text : null;
    String text = null;
    long status = line.errorStatus.integer(0);
    for (Object at = error; at instanceof Map<?, ?> map; at = map.get("error")) {
      if (map.get("type") instanceof String type && !type.equals("error")) {
        told = type;
      }
      if (map.get("message") instanceof String message) {
        text = message;
      }
      if (map.get("status") instanceof Number number) {
        status = number.longValue();
      }
    }
    JsonField attempt = line.retryAttempt.isNumber() ? line.retryAttempt : line.attempt;
    out.take(
        new Occurrence.ErrorMet(
            origin,
            key("error:", line, origin),
            new ErrorClass(ApiErrors.type(told, status), message(text)),
            attempt.isNumber() ? (Long) attempt.integer(0) : null));
  }

  private static void number(String name, JsonField field, Map<String, @Nullable Object> into) {
    if (field.isNumber()) {
      into.put(name, field.integer(0));
    }
  }

  private String key(String kind, ClaudeLine line, Origin origin) {
    String uuid = line.uuid.string();
    int from = line.top.start();
    return kind
        + (uuid != null
            ? uuid
            : file.keylessId(origin.offset(), line.top.bytes(), from, from + origin.length()));
  }

  private String message(@Nullable String text) {
    return ApiErrors.message(text == null ? null : texts.name(text));
  }
}
