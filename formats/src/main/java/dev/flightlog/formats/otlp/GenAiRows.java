package dev.flightlog.formats.otlp;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.EventKeys;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.otlp.GenAi.Operation;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls of models, tools and agents that follow the conventions. Without a conversation a trace is
 * the session.
 */
final class GenAiRows {
  /** Ids of calls that are unique everywhere, not only within their conversation. */
  private static final Pattern UNIQUE = Pattern.compile("[A-Za-z_-]*[A-Za-z0-9]{16,}.*");

  private final TelemetryRows rows;

  GenAiRows(TelemetryRows rows) {
    this.rows = rows;
  }

  void span(Span span, Operation operation) {
    Attributes at = span.attributes();
    String told = session(span.source(), at);
    String session = told == null ? span.traceId() : told;
    String service = span.source().service();
    Attribution of = rows.of(session, project(span.source()), GenAi.agent(at), span.traceId());
    Origin origin = rows.origin(span.start(), of);
    rows.session(origin, service.isEmpty() ? "opentelemetry" : service);
    switch (operation) {
      case MODEL -> model(span, origin);
      case TOOL, MCP -> tool(span, operation, origin);
      case AGENT -> agent(span, origin);
      case OTHER, NONE -> other(span, origin);
    }
  }

  /** The session that a record or its resource names, or null. */
  static @Nullable String session(OtlpRecord.Source source, Attributes at) {
    String own = GenAi.session(at);
    return own == null ? GenAi.session(source.resource()) : own;
  }

  static @Nullable String project(OtlpRecord.Source source) {
    String repository = source.resource().text("vcs.repository.name");
    String service = source.service();
    return repository != null ? repository : service.isEmpty() ? null : service;
  }

  private void model(Span span, Origin origin) {
    Attributes at = span.attributes();
    String response = at.text("gen_ai.response.id");
    String key =
        response == null
            ? EventKeys.span(span.traceId(), span.spanId())
            : EventKeys.modelCall(response, null);
    rows.begin(key, EventTypes.MODEL_CALL, origin)
        .duration(Spans.durationMs(span))
        .success(Spans.error(span) == null)
        .error(Spans.error(span));
    answered(at);
    finish(span);
  }

  private void answered(Attributes at) {
    rows.usage(GenAi.model(at), GenAi.usage(at), Double.NaN);
    rows.detail("provider", at.text("gen_ai.provider.name", "gen_ai.system", "llm.provider"))
        .detail("operation", GenAi.name(at))
        .detail(
            "reasoning_tokens",
            at.count(
                "gen_ai.usage.reasoning.output_tokens",
                "gen_ai.usage.reasoning_tokens",
                "llm.token_count.completion_details.reasoning"));
    Object reasons = at.get("gen_ai.response.finish_reasons");
    if (reasons instanceof java.util.List<?> list && !list.isEmpty()) {
      rows.detail("stop_reason", String.valueOf(list.getFirst()));
    } else if (reasons instanceof String reason) {
      rows.detail("stop_reason", reason);
    }
    rows.content("input", at.get("gen_ai.input.messages"));
    rows.content("output", at.get("gen_ai.output.messages"));
  }

  private void tool(Span span, Operation operation, Origin origin) {
    Attributes at = span.attributes();
    String call = at.text("gen_ai.tool.call.id", "gen_ai.tool.call_id", "tool_call.id");
    String own =
        call == null
            ? EventKeys.span(span.traceId(), span.spanId())
            : "tool_call:" + (UNIQUE.matcher(call).matches() ? call : span.traceId() + ":" + call);
    boolean mcp = operation == Operation.MCP;
    String key = rows.related.toolKey(span.spanId(), span.parentId(), mcp, own);
    if (mcp && span.parentId() != null) {
      // The span around it may be the same call, told by who made it: what comes first decides.
      rows.related.surrounds(span.parentId(), key);
    }
    rows.related.toolKeyIs(span.spanId(), key);
    ErrorClass error = error(span);
    rows.begin(key, EventTypes.TOOL_CALL, origin)
        .detail("tool", tool(at, span.name()))
        .content("input", first(at, "gen_ai.tool.call.arguments", "input.value"))
        .duration(Spans.durationMs(span))
        .success(error == null)
        .error(error)
        .content("output", first(at, "gen_ai.tool.call.result", "output.value"));
    finish(span);
  }

  private static @Nullable Object first(Attributes at, String name, String other) {
    Object value = at.get(name);
    return value == null ? at.get(other) : value;
  }

  private static String tool(Attributes at, String name) {
    String tool = GenAi.tool(at);
    if (tool != null) {
      return tool;
    }
    int blank = name.indexOf(' ');
    return blank < 0 ? name : name.substring(blank + 1);
  }

  /** The class that its words tell, where the span's own says no more than that it failed. */
  private @Nullable ErrorClass error(Span span) {
    ErrorClass told = Spans.error(span);
    if (told == null || told.message().isEmpty()) {
      return told;
    }
    ErrorClass named = ErrorClasses.name(rows.texts.clean(told.message(), ErrorClasses.LOOKED_AT));
    return told.isVague() || told.type().equals("_OTHER") ? named : told;
  }

  private void agent(Span span, Origin origin) {
    String name = GenAi.agent(span.attributes());
    Origin by = name == null ? origin.by(agentOf(span.name())) : origin;
    String key = EventKeys.span(span.traceId(), span.spanId());
    rows.begin("agent_started:" + key, EventTypes.AGENT_STARTED, by).end();
    long ms = Spans.durationMs(span);
    ErrorClass error = Spans.error(span);
    rows.begin(
            "agent_finished:" + key,
            EventTypes.AGENT_FINISHED,
            by.at(by.time() + Math.max(0, ms) * 1000))
        .duration(ms)
        .success(error == null)
        .error(error)
        .content("result", span.attributes().get("gen_ai.output.messages"));
    finish(span);
  }

  private static @Nullable String agentOf(String spanName) {
    return spanName.startsWith("invoke_agent ") ? spanName.substring(13) : null;
  }

  private void other(Span span, Origin origin) {
    String name = GenAi.name(span.attributes());
    ErrorClass error = Spans.error(span);
    rows.begin(
            EventKeys.span(span.traceId(), span.spanId()),
            rows.type(name.isEmpty() || name.equals("other") ? "span" : name),
            Category.EXECUTION,
            origin)
        .detail("name", span.name())
        .duration(Spans.durationMs(span))
        .success(error == null)
        .error(error);
    finish(span);
  }

  private void finish(Span span) {
    rows.detail("service", span.source().service())
        .id("trace_id", span.traceId())
        .id("span_id", span.spanId())
        .id("parent_id", span.parentId())
        .attributes(span.attributes(), GenAi.CONSUMED)
        .end();
  }

  /** The event in which newer instrumentation tells what the span of a call tells, too. */
  void details(Log log) {
    Attributes at = log.attributes();
    String told = session(log.source(), at);
    Attribution of =
        rows.of(
            told == null ? log.traceId() : told,
            project(log.source()),
            GenAi.agent(at),
            log.traceId());
    Origin origin = rows.origin(log.time() == 0 ? log.observed() : log.time(), of);
    rows.session(origin, log.source().service());
    String response = at.text("gen_ai.response.id");
    String key =
        response != null
            ? EventKeys.modelCall(response, null)
            : log.traceId() != null && log.spanId() != null
                ? EventKeys.span(log.traceId(), log.spanId())
                : OtherRows.key(log);
    rows.begin(key, EventTypes.MODEL_CALL, origin);
    answered(at);
    rows.detail("service", log.source().service())
        .id("trace_id", log.traceId())
        .id("span_id", log.spanId())
        .attributes(at, GenAi.CONSUMED)
        .end();
  }
}
