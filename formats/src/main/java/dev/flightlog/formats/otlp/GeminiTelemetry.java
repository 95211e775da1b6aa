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

/** Events of Gemini CLI, and of Qwen Code, which has them from there. They have no ids of calls. */
final class GeminiTelemetry {
  private static final Set<String> CONSUMED =
      Set.of(
          "event.name",
          "event.timestamp",
          "session.id",
          "user.email",
          "installation.id",
          "auth_type",
          "interactive");

  private final TelemetryRows rows;

  GeminiTelemetry(TelemetryRows rows) {
    this.rows = rows;
  }

  /** The name of an event without its program; null when it is no event of these. */
  static @Nullable String eventOf(String name) {
    for (String prefix : new String[] {"gemini_cli.", "qwen-code.", "qwen_code."}) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return null;
  }

  void log(Log log, String event, String program) {
    Attributes at = log.attributes();
    String session = at.text("session.id");
    session = session == null ? log.source().resource().text("session.id") : session;
    String client = program.startsWith("qwen") ? "qwen" : "gemini";
    String agent = at.text("agent_name");
    Attribution of = rows.of(session, null, agent == null ? Attribution.MAIN : agent, null);
    Origin origin = rows.origin(log.time() == 0 ? log.observed() : log.time(), of);
    rows.session(origin, client);
    String own = client + ":" + OtherRows.key(log);
    switch (event) {
      case "user_prompt" -> {
        rows.begin("prompt:" + own, EventTypes.USER_PROMPT, origin.by(null))
            .content("text", at.get("prompt"))
            .detail("length", at.count("prompt_length"))
            .end();
      }
      case "tool_call" -> tool(at, own, origin);
      case "api_response" -> response(at, own, origin);
      case "api_error" -> {
        String words = at.text("error.message", "error");
        String type = ApiErrors.type(at.text("error_type"), Math.max(0, at.count("status_code")));
        rows.begin("error:" + own, EventTypes.ERROR, origin)
            .error(new ErrorClass(type, words == null ? "" : words))
            .detail("model", at.text("model_name", "model"))
            .end();
      }
      case "chat_compression" ->
          rows.begin("compaction:" + own, EventTypes.CONTEXT_COMPACTED, origin)
              .detail("pre_tokens", at.count("tokens_before"))
              .end();
      case "agent.start" ->
          rows.begin("agent_started:" + own, EventTypes.AGENT_STARTED, origin).end();
      case "agent.finish" ->
          rows.begin("agent_finished:" + own, EventTypes.AGENT_FINISHED, origin)
              .duration(at.count("duration_ms"))
              .detail("terminate_reason", at.text("terminate_reason"))
              .detail("turns", at.count("turn_count"))
              .end();
      case "api_request", "config" -> {}
      default ->
          rows.begin(own, rows.type(event), Category.PERFORMANCE, origin)
              .duration(at.count("duration_ms"))
              .attributes(at, CONSUMED)
              .end();
    }
  }

  private void tool(Attributes at, String own, Origin origin) {
    Boolean worked = at.flag("success");
    boolean refused = at.is("decision", "reject");
    long running = at.count("duration_ms");
    ErrorClass error = null;
    if (refused) {
      error = new ErrorClass(EventTypes.REJECTED, "refused by the user");
    } else if (Boolean.FALSE.equals(worked)) {
      String words = at.text("error", "error.message");
      String told = at.text("error_type", "error.type");
      ErrorClass named = ErrorClasses.name(words == null ? "" : words);
      error = told == null ? named : named.orTold(told);
    }
    String id = at.text("call_id", "tool_call_id");
    String tool = at.text("function_name");
    String key = id == null ? own : id;
    rows.begin(
            "tool_call:" + key,
            EventTypes.TOOL_CALL,
            origin.at(origin.time() - Math.max(0, running) * 1000))
        .detail("tool", tool)
        .content("input", at.get("function_args"))
        .duration(running)
        .success(refused ? Boolean.FALSE : worked)
        .error(error)
        .detail("decision", at.text("decision"))
        .detail("mcp_server", at.text("mcp_server_name"))
        .end();
    if (refused) {
      rows.begin("tool_rejected:" + key, EventTypes.TOOL_REJECTED, origin)
          .detail("tool", tool)
          .end();
    }
  }

  private void response(Attributes at, String own, Origin origin) {
    long duration = at.count("duration_ms");
    String response = at.text("response_id", "gen_ai.response.id");
    Usage usage =
        Usage.ofInclusive(
            Math.max(0, at.count("input_token_count")) + Math.max(0, at.count("tool_token_count")),
            Math.max(0, at.count("output_token_count"))
                + Math.max(0, at.count("thoughts_token_count")),
            Math.max(0, at.count("cached_content_token_count")),
            0);
    rows.begin(
            "model_call:" + (response == null ? own : response + ":"),
            EventTypes.MODEL_CALL,
            origin.at(origin.time() - Math.max(0, duration) * 1000))
        .duration(duration)
        .success(true);
    rows.usage(at.text("model"), usage, Double.NaN);
    rows.detail("reasoning_tokens", at.count("thoughts_token_count")).end();
  }
}
