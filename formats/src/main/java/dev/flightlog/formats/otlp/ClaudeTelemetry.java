package dev.flightlog.formats.otlp;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Merge;
import dev.flightlog.formats.claude.ClaudePrompts;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.EventKeys;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claude Code's events. They carry the ids that its transcripts have, and so become the same
 * events: calls by their tool use id, responses by their request id, prompts by their id, words by
 * their message uuid.
 */
final class ClaudeTelemetry {
  static final String CLIENT = "claude";

  /** Attributes of every record that say nothing of it, or who the user is. */
  static final Set<String> STANDARD =
      Set.of(
          "session.id",
          "app.version",
          "app.entrypoint",
          "organization.id",
          "user.account_uuid",
          "user.account_id",
          "user.id",
          "user.email",
          "terminal.type",
          "event.name",
          "event.timestamp",
          "event.sequence",
          "anthropic.provider",
          "anthropic.custom_base_url",
          "span.type");

  /** What the program tells of its own set-up, once for each hook and plugin. */
  private static final Set<String> SILENT =
      Set.of(
          "hook_registered",
          "hook_execution_start",
          "plugin_loaded",
          "managed_settings_resolved",
          "api_request_body",
          "api_response_body",
          "system_prompt");

  /** Names of errors that say no more than that there was one. */
  private static final Set<String> VAGUE = Set.of("TelemetrySafeError", "ShellError", "Error");

  private static final Set<String> PEOPLE =
      Set.of("user_permanent", "user_temporary", "user_abort", "user_reject");

  private final TelemetryRows rows;

  ClaudeTelemetry(TelemetryRows rows) {
    this.rows = rows;
  }

  static boolean isFrom(OtlpRecord.Source source) {
    return source.service().startsWith("claude-code")
        || source.scope().startsWith("com.anthropic.claude_code");
  }

  /** Who acts: the main agent, or a subagent by its type where that is told. */
  Attribution of(Attributes at) {
    String agent = at.text("agent.name", "agent_type");
    String query = at.text("query_source");
    if (agent == null && query != null && query.startsWith("agent:")) {
      agent = query.substring(query.lastIndexOf(':') + 1);
    }
    if (agent == null) {
      agent = at.has("agent_id") ? Attribution.SUBAGENT : Attribution.MAIN;
    }
    return rows.of(at.text("session.id"), null, agent, null);
  }

  void log(Log log, String event) {
    Attributes at = log.attributes();
    Origin origin = rows.origin(log.time() == 0 ? log.observed() : log.time(), of(at));
    rows.session(origin, CLIENT);
    switch (event) {
      case "user_prompt" -> prompt(at, origin);
      case "assistant_response" -> response(at, origin);
      case "api_request" -> request(at, origin);
      case "api_error", "api_retries_exhausted", "api_refusal" -> failed(event, at, origin);
      case "tool_result" -> result(at, origin);
      case "tool_decision" -> decision(at, origin);
      default -> {
        if (!SILENT.contains(event)) {
          String key =
              "claude:" + at.text("session.id") + ":" + at.text("event.sequence") + ":" + event;
          rows.begin(key + ":" + origin.time(), rows.type(event), Category.PERFORMANCE, origin)
              .duration(at.count("duration_ms", "total_duration_ms"))
              .attributes(at, STANDARD)
              .end();
        }
      }
    }
  }

  private void prompt(Attributes at, Origin origin) {
    String text = at.text("prompt");
    if (text != null && ClaudePrompts.isInjected(text)) {
      return;
    }
    String command = at.text("command_name");
    String uuid =
        command == null
            ? at.text("prompt.id", "message.uuid")
            : at.text("message.uuid", "prompt.id");
    String own = uuid == null ? at.text("session.id") + ":" + origin.time() : uuid;
    Origin asked = origin.by(null);
    if (command == null) {
      rows.begin("prompt:" + own, EventTypes.USER_PROMPT, asked);
    } else {
      rows.begin("command:" + own, "slash_command", Category.INTERACTION, asked);
      rows.detail("command", command);
    }
    rows.content("text", told(text)).detail("length", at.count("prompt_length")).end();
  }

  private void response(Attributes at, Origin origin) {
    String uuid = at.text("message.uuid");
    String text = told(at.text("response"));
    if (uuid != null && text != null) {
      rows.begin("said:" + uuid + ":0", "agent_message", origin).content("text", text).end();
    }
  }

  /** What a setting of the client holds back stands there as a word of its own. */
  private static @Nullable String told(@Nullable String text) {
    return "<REDACTED>".equals(text) ? null : text;
  }

  void request(Attributes at, Origin origin) {
    String request = at.text("request_id", "client_request_id");
    long duration = at.count("duration_ms");
    Origin began = origin.at(origin.time() - Math.max(0, duration) * 1000);
    String own = request == null ? at.text("session.id") + ":" + origin.time() : request;
    rows.begin(EventKeys.modelCall(null, own), EventTypes.MODEL_CALL, began)
        .duration(duration)
        .success(true);
    answer(at);
    rows.end();
  }

  /** What a response used; Claude Code counts input without what was cached. */
  void answer(Attributes at) {
    long hour = Math.max(0, at.count("cache_creation_1h_tokens"));
    Usage usage =
        new Usage(
                Math.max(0, at.count("input_tokens")),
                Math.max(0, at.count("output_tokens")),
                Math.max(0, at.count("cache_read_tokens")),
                Math.max(0, at.count("cache_creation_tokens")),
                hour,
                0,
                Billing.STANDARD)
            .billed(Billing.of(null, at.text("speed"), null));
    rows.usage(at.text("model", "gen_ai.request.model"), usage, at.number("cost_usd"));
    rows.detail("ttft_ms", at.count("ttft_ms"))
        .detail("query_source", at.text("query_source"))
        .detail("effort", at.text("effort"))
        .detail("stop_reason", at.text("stop_reason"))
        .detail("attempt", at.count("attempt"));
  }

  private void failed(String event, Attributes at, Origin origin) {
    String request = at.text("request_id", "client_request_id");
    String own = request == null ? at.text("session.id") + ":" + origin.time() : request;
    String words = at.text("error");
    String type =
        event.equals("api_refusal")
            ? "refusal"
            : ApiErrors.type(at.text("error_type"), Math.max(0, at.count("status_code")));
    rows.begin("error:request:" + own, EventTypes.ERROR, origin)
        .error(new ErrorClass(type, words == null ? "" : words))
        .detail("retry_attempt", at.count("attempt", "total_attempts"))
        .detail("model", at.text("model"))
        .end();
  }

  private void result(Attributes at, Origin origin) {
    String id = at.text("tool_use_id");
    Boolean worked = at.flag("success");
    long running = at.count("duration_ms");
    Origin began = origin.at(origin.time() - Math.max(0, running) * 1000);
    String own = id == null ? at.text("session.id") + ":" + origin.time() : id;
    rows.begin("tool_call:" + own, EventTypes.TOOL_CALL, began)
        .detail("tool", at.text("tool_name"))
        .content("input", at.has("tool_input") ? at.text("tool_input") : at.get("tool_parameters"))
        .duration(running)
        .detail("running_ms", running)
        .success(worked)
        .error(Boolean.FALSE.equals(worked) ? error(at) : null)
        .detail("decision_source", at.text("decision_source"))
        .detail("result_bytes", at.count("tool_result_size_bytes"))
        .resultAt(origin.time())
        .end();
  }

  /** The class that its words tell; where they are held back, the one that the client names. */
  ErrorClass error(Attributes at) {
    String told = at.text("error_type");
    boolean says = told != null && !VAGUE.contains(told);
    String words = "ShellError".equals(told) ? null : at.text("error");
    ErrorClass named =
        words == null
            ? new ErrorClass(ErrorClass.TOOL_ERROR, "")
            : ErrorClasses.name(rows.texts.clean(words, ErrorClasses.LOOKED_AT));
    return says && told != null ? named.orTold(told) : named;
  }

  private void decision(Attributes at, Origin origin) {
    String id = at.text("tool_use_id");
    if (id == null) {
      return;
    }
    boolean refused = at.is("decision", "reject");
    String source = at.text("source");
    boolean byPerson = source != null && PEOPLE.contains(source);
    rows.begin("tool_call:" + id, EventTypes.TOOL_CALL, origin)
        .detail("tool", at.text("tool_name"))
        .detail("decision", at.text("decision"))
        .detail("decision_source", source)
        .detail("permission_mode", at.text("permission_mode"));
    if (refused) {
      String type = byPerson ? EventTypes.REJECTED : "permission_denied";
      rows.success(false).error(new ErrorClass(type, "refused by " + source));
    } else if (!byPerson) {
      rows.detail(Merge.WAITING_MS, 0).detail(Merge.WAITED_MS, 0);
    }
    rows.end();
    if (refused && byPerson) {
      rows.begin("tool_rejected:" + id, EventTypes.TOOL_REJECTED, origin)
          .detail("tool", at.text("tool_name"))
          .end();
    }
  }
}
