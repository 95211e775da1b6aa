package dev.flightlog.formats.cline;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads tasks of Cline and Roo Code ({@code tasks/…/ui_messages.json}): one list of what was said
 * and asked, each with a time, and texts that are JSON again. Whether a call worked stands there
 * only when an error follows it; how long it ran is told nowhere.
 */
public final class ClineReader implements OccurrenceReader {
  private static final Pattern FOLDER =
      Pattern.compile("Current (?:Working|Workspace) Directory \\(([^)\\n]{1,300})\\)");
  private static final int LOOKED_AT = 1 << 20;

  private final ReaderSettings settings;
  private final Texts texts;
  private final long fallbackTime;
  private Attribution of = Attribution.NONE;
  private @Nullable String model;
  private @Nullable String call;

  /** Reads a file of this context. */
  public ClineReader(FileContext file, ReaderSettings settings) {
    this.settings = settings;
    texts = settings.texts();
    fallbackTime = file.fallbackTime();
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    JsonDocument document = new JsonDocument(bytes, from, to, offset);
    List<Part> parts = document.parts("");
    if (parts.isEmpty() || !(parts.getFirst().map().get("ts") instanceof Number first)) {
      return Reading.unknown("document");
    }
    String session = "cline-" + first.longValue();
    String folder = folder(parts);
    of =
        Attribution.of(
            session,
            settings.stories().of(null, folder),
            settings.projects().of(folder),
            Attribution.MAIN);
    TreeSet<String> unknown = new TreeSet<>();
    for (Part part : parts) {
      String kind = message(part, session, out);
      if (kind != null) {
        unknown.add(kind);
      }
    }
    return unknown.isEmpty() ? Reading.KNOWN : Reading.unknown(String.join(", ", unknown));
  }

  /** The first request tells where the agent works. */
  private @Nullable String folder(List<Part> parts) {
    for (Part part : parts) {
      if ("api_req_started".equals(part.map().get("say"))) {
        String text = part.text("text", "");
        Matcher told = FOLDER.matcher(text.substring(0, Math.min(text.length(), LOOKED_AT)));
        if (told.find()) {
          return texts.name(told.group(1).replace("\\\\", "\\"));
        }
      }
    }
    return null;
  }

  /** Tells a message; answers its kind when that is unknown. */
  private @Nullable String message(Part part, String session, Occurrence.Sink out) {
    String kind = part.text("say", part.text("ask", ""));
    boolean asked = part.text("ask") != null && part.text("say") == null;
    String text = part.text("text", "");
    long time = Times.of(part.map().get("ts"));
    boolean timed = time != Timestamps.NONE;
    Origin origin =
        new Origin(timed ? time : fallbackTime, timed, of, part.offset(), part.length());
    out.take(new Occurrence.SessionMet(origin, "cline"));
    Map<?, ?> by = JsonDocument.map(part.map().get("modelInfo"));
    String named = texts.name(JsonDocument.text(by, "modelId"));
    model = named == null ? model : named;
    String key = session + ":" + part.map().get("ts") + ":" + kind;
    Content content = Content.text(text);
    switch (kind) {
      case "task", "user_feedback" -> {
        if (!text.isBlank()) {
          out.take(new Occurrence.Prompted(origin, "prompt:" + key, content, null));
        }
      }
      case "text", "completion_result", "plan_mode_respond", "plan_mode_response" -> {
        if (!text.isBlank() && !(asked && kind.equals("completion_result"))) {
          out.take(new Occurrence.Said(origin, "said:" + key, content));
        }
      }
      case "api_req_started", "deleted_api_reqs" -> request(object(text), key, origin, out);
      case "tool" -> called(key, object(text).get("tool"), content, origin, out);
      case "command" -> called(key, "execute_command", content, origin, out);
      case "use_mcp_server" -> called(key, object(text).get("toolName"), content, origin, out);
      case "browser_action_launch", "browser_action" ->
          called(key, "browser_action", content, origin, out);
      case "command_output", "mcp_server_response", "browser_action_result" -> {
        if (!text.isBlank()) {
          returned(Outcome.UNTOLD, text, origin, out);
        }
      }
      case "error", "diff_error", "clineignore_error", "rooignore_error" ->
          error(key, text, origin, out);
      case "api_req_failed", "mistake_limit_reached", "auto_approval_max_req_reached" -> {
        ErrorClass named2 = ErrorClasses.name(texts.clean(text, ErrorClasses.LOOKED_AT));
        String type = kind.equals("api_req_failed") ? ApiErrors.type(null, status(text)) : kind;
        out.take(
            new Occurrence.ErrorMet(
                origin, "error:" + key, new ErrorClass(type, named2.message()), null));
      }
      case "followup" ->
          out.take(new Occurrence.PersonAsked(origin, "asked:" + key, "question", null));
      case "condense", "condense_context", "summarize_task" ->
          out.take(new Occurrence.Compacted(origin, "compaction:" + key, null, null));
      case "reasoning",
          "checkpoint_created",
          "checkpoint_saved",
          "task_progress",
          "resume_task",
          "resume_completed_task",
          "api_req_finished",
          "api_req_retried",
          "api_req_retry_delayed",
          "api_req_rate_limit_wait",
          "new_task",
          "new_task_started",
          "shell_integration_warning",
          "mcp_server_request_started",
          "mcp_notification",
          "user_feedback_diff",
          "load_mcp_documentation",
          "info",
          "hook",
          "hook_status",
          "hook_output",
          "error_retry",
          "generate_explanation",
          "command_permission_denied",
          "conditional_rules_applied",
          "subtask_result",
          "codebase_search_result",
          "user_edit_todos",
          "image" -> {}
      default -> {
        return kind.isEmpty() ? "no kind" : kind;
      }
    }
    return null;
  }

  private static Map<?, ?> object(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try {
      return JsonDocument.map(new JsonReader().reset(utf8, 0, utf8.length).value());
    } catch (JsonException noJson) {
      return Map.of();
    }
  }

  private static long status(String text) {
    Matcher status = Pattern.compile("\\b([45]\\d\\d)\\b").matcher(text);
    return status.find() ? Long.parseLong(status.group(1)) : 0;
  }

  private void request(Map<?, ?> told, String key, Origin origin, Occurrence.Sink out) {
    Usage usage =
        Usage.of(
            JsonDocument.integer(told, "tokensIn"),
            JsonDocument.integer(told, "tokensOut"),
            JsonDocument.integer(told, "cacheReads"),
            JsonDocument.integer(told, "cacheWrites"));
    if (usage.total() > 0) {
      double cost = told.get("cost") instanceof Number usd ? usd.doubleValue() : 0;
      out.take(
          new Occurrence.ModelAnswered(
              origin, "model_call:" + key, model, usage, cost > 0 ? cost : Double.NaN, null, 0));
    }
    String cancelled = JsonDocument.text(told, "cancelReason");
    if ("user_cancelled".equals(cancelled)) {
      out.take(new Occurrence.Interrupted(origin, "interrupt:" + key));
    } else if (cancelled != null) {
      String words = texts.name(JsonDocument.text(told, "streamingFailedMessage"));
      String type = ApiErrors.type(null, status(words == null ? "" : words));
      out.take(
          new Occurrence.ErrorMet(
              origin, "error:" + key, new ErrorClass(type, ApiErrors.message(words)), null));
    }
  }

  private void called(
      String key, @Nullable Object tool, Content input, Origin origin, Occurrence.Sink out) {
    call = key;
    String name = tool instanceof String told ? texts.name(told) : null;
    out.take(new Occurrence.ToolCalled(origin, key, name, input));
  }

  /** Tells how the last call ended, at no time of its own. */
  private boolean returned(Outcome outcome, String text, Origin at, Occurrence.Sink out) {
    String id = call;
    if (id == null) {
      return false;
    }
    Origin untimed = new Origin(at.time(), false, at.of(), at.offset(), at.length());
    out.take(new Occurrence.ToolReturned(untimed, id, outcome, Content.text(text), -1));
    call = null;
    return true;
  }

  private void error(String key, String text, Origin origin, Occurrence.Sink out) {
    ErrorClass named = ErrorClasses.name(texts.clean(text, ErrorClasses.LOOKED_AT));
    if (!returned(ErrorClasses.outcome(named, null), text, origin, out)) {
      out.take(new Occurrence.ErrorMet(origin, "error:" + key, named, null));
    }
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    return false;
  }

  @Override
  public void save(JsonWriter state) {}

  @Override
  public void restore(Map<String, @Nullable Object> state) {}
}
