package dev.flightlog.formats;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Claude Code says about itself: API errors, compactions, the time of a turn, the end. */
final class ClaudeNotices {
  private static final Pattern STATUS = Pattern.compile("API Error: (\\d{3})\\b");
  private static final Pattern CLASS = Pattern.compile("[a-z][a-z_]{2,40}");
  private static final int MESSAGE_LENGTH = 300;

  private final Rows rows;
  private final Texts texts;

  ClaudeNotices(Rows rows, Texts texts) {
    this.rows = rows;
    this.texts = texts;
  }

  /** A system line; false when its subtype is not known. */
  boolean system(ClaudeLine line, Where where, EventBatch out) {
    String subtype = line.top.string(ClaudeLine.SUBTYPE);
    switch (subtype == null ? "" : subtype) {
      case "compact_boundary", "microcompact_boundary" -> compacted(line, where, out);
      case "api_error", "error", "api_retry" -> apiError(line, where, out);
      case "api_refusal" -> {
        begin(line, where, "error:", EventTypes.ERROR, Category.ERROR, out);
        rows.detail("error_type", "refusal")
            .detail("message", message(line.top.string(ClaudeLine.CONTENT)))
            .end(out);
      }
      case "turn_duration" -> {
        begin(line, where, "turn:", "turn_duration", Category.PERFORMANCE, out);
        out.integer(Field.DURATION_MS, line.top.integer(ClaudeLine.DURATION_MS, 0));
        rows.end(out);
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
          "task_notification",
          "background_tasks_changed",
          "bridge_status",
          "away_summary",
          "memory_saved",
          "mirror_error" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  /** An assistant message that the program made from the error of an API call. */
  void apiErrorMessage(ClaudeLine line, Where where, EventBatch out) {
    String text = null;
    for (int i = 0; i < line.message.blocks.size() && text == null; i++) {
      text = line.message.blocks.get(i).string(ClaudeLine.B_TEXT);
    }
    String told = line.top.string(ClaudeLine.ERROR);
    long status = line.top.integer(ClaudeLine.API_ERROR_STATUS, 0);
    Matcher inText = STATUS.matcher(text == null ? "" : text);
    if (status == 0 && inText.find()) {
      status = Long.parseLong(inText.group(1));
    }
    begin(line, where, "error:", EventTypes.ERROR, Category.ERROR, out);
    rows.detail("error_type", errorType(told, status)).detail("message", message(text));
    rows.end(out);
  }

  /** The last line of {@code stream-json}: how the whole run ended. */
  void result(ClaudeLine line, Where where, EventBatch out) {
    Slices top = line.top;
    boolean failed = top.isTrue(ClaudeLine.IS_ERROR) || !top.is(ClaudeLine.SUBTYPE, "success");
    begin(line, where, "result:", EventTypes.AGENT_FINISHED, Category.EXECUTION, out);
    out.flag(Field.SUCCESS, !failed);
    if (top.isNumber(ClaudeLine.DURATION_MS_2)) {
      out.integer(Field.DURATION_MS, top.integer(ClaudeLine.DURATION_MS_2, 0));
    }
    number("num_turns", top, ClaudeLine.NUM_TURNS);
    number("duration_api_ms", top, ClaudeLine.DURATION_API_MS);
    if (top.isNumber(ClaudeLine.TOTAL_COST)) {
      rows.details.key("total_cost_usd").number(top.real(ClaudeLine.TOTAL_COST, 0));
    }
    if (failed) {
      String text = top.string(ClaudeLine.RESULT);
      Matcher status = STATUS.matcher(text == null ? "" : text);
      String subtype = top.string(ClaudeLine.SUBTYPE);
      String type =
          status.find()
              ? errorType(null, Long.parseLong(status.group(1)))
              : "success".equals(subtype) || subtype == null ? "unknown" : subtype;
      rows.detail("error_type", type).detail("message", message(text));
    }
    rows.end(out);
  }

  private void compacted(ClaudeLine line, Where where, EventBatch out) {
    Object metadata = line.top.value(ClaudeLine.COMPACT_METADATA);
    if (metadata == null) {
      metadata = line.top.value(ClaudeLine.COMPACT_METADATA_2);
    }
    begin(line, where, "compaction:", EventTypes.CONTEXT_COMPACTED, Category.PERFORMANCE, out);
    if (metadata instanceof Map<?, ?> map) {
      if (map.get("trigger") instanceof String trigger) {
        rows.detail("trigger", texts.name(trigger));
      }
      Object before = map.get("preTokens") == null ? map.get("pre_tokens") : map.get("preTokens");
      if (before instanceof Number tokens) {
        rows.detail("pre_tokens", tokens.longValue());
      }
    }
    rows.end(out);
  }

  private void apiError(ClaudeLine line, Where where, EventBatch out) {
    Object error = line.top.value(ClaudeLine.ERROR);
    String told = error instanceof String text ? text : null;
    String text = null;
    long status = line.top.integer(ClaudeLine.ERROR_STATUS, 0);
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
    begin(line, where, "error:", EventTypes.ERROR, Category.ERROR, out);
    rows.detail("error_type", errorType(told, status)).detail("message", message(text));
    number("retry_attempt", line.top, ClaudeLine.RETRY_ATTEMPT);
    number("retry_attempt", line.top, ClaudeLine.ATTEMPT);
    rows.end(out);
  }

  private void number(String name, Slices top, int key) {
    if (top.isNumber(key)) {
      rows.detail(name, top.integer(key, 0));
    }
  }

  private void begin(
      ClaudeLine line, Where where, String kind, String type, Category category, EventBatch out) {
    String uuid = line.top.string(ClaudeLine.UUID);
    int from = line.top.lineStart();
    String key =
        uuid != null
            ? uuid
            : rows.file().keylessId(where.offset(), line.top.bytes(), from, from + where.length());
    rows.begin(out, Mode.MERGE, kind + key, type, category, where);
  }

  private @Nullable String message(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean = texts.name(text);
    return clean == null || clean.length() <= MESSAGE_LENGTH
        ? clean
        : clean.substring(0, MESSAGE_LENGTH) + "\u2026";
  }

  /** The class of an API error, in the words of Claude Code's own hooks. */
  static String errorType(@Nullable String told, long status) {
    String name = told == null || !CLASS.matcher(told).matches() ? "" : told;
    return switch (name) {
      case "" ->
          switch ((int) status) {
            case 400, 413, 422 -> "invalid_request";
            case 401 -> "authentication_failed";
            case 402 -> "billing_error";
            case 403 -> "permission_denied";
            case 404 -> "model_not_found";
            case 408, 504 -> "timeout";
            case 429 -> "rate_limit";
            case 529 -> "overloaded";
            default -> status >= 500 ? "server_error" : status == 0 ? "unknown" : "api_error";
          };
      case "overloaded_error" -> "overloaded";
      case "rate_limit_error" -> "rate_limit";
      case "api_error" -> "server_error";
      case "authentication_error" -> "authentication_failed";
      case "invalid_request_error" -> "invalid_request";
      case "not_found_error" -> "model_not_found";
      case "permission_error" -> "permission_denied";
      case "timeout_error" -> "timeout";
      default -> name;
    };
  }
}
