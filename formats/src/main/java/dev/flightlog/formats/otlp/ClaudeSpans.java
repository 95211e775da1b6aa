package dev.flightlog.formats.otlp;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Merge;
import dev.flightlog.formats.occurrence.EventKeys;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import org.jspecify.annotations.Nullable;

/**
 * Claude Code's spans: of a tool call they tell how long it waited for a person and how long it
 * ran, each by a span of its own.
 */
final class ClaudeSpans {
  private static final String PREFIX = "claude_code.";

  private final TelemetryRows rows;
  private final ClaudeTelemetry claude;

  ClaudeSpans(TelemetryRows rows, ClaudeTelemetry claude) {
    this.rows = rows;
    this.claude = claude;
  }

  void span(Span span) {
    Attributes at = span.attributes();
    String told = at.text("span.type");
    String type =
        told != null
            ? told
            : span.name().startsWith(PREFIX) ? span.name().substring(PREFIX.length()) : span.name();
    Origin origin = rows.origin(span.start(), claude.of(at));
    rows.session(origin, ClaudeTelemetry.CLIENT);
    long duration = at.count("duration_ms", "interaction.duration_ms");
    long ms = duration >= 0 ? duration : Spans.durationMs(span);
    String id = at.text("tool_use_id", "gen_ai.tool.call.id");
    switch (type) {
      case "llm_request" -> request(span, at, origin, ms);
      case "tool.blocked_on_user" -> {
        if (span.parentId() != null) {
          rows.related.waited(span.parentId(), ms);
        }
      }
      case "tool" -> {
        if (id == null) {
          other(span, type, origin, ms);
        } else {
          long waited = rows.related.waited(span.spanId());
          rows.begin("tool_call:" + id, EventTypes.TOOL_CALL, origin)
              .detail("tool", at.text("tool_name"))
              .duration(ms)
              .detail(Merge.WAITING_MS, ms < 0 ? waited : Math.min(ms, waited))
              .detail(Merge.WAITED_MS, waited)
              .detail("span", span.traceId() + ":" + span.spanId())
              .resultAt(origin.time() + ms * 1000)
              .end();
        }
      }
      case "tool.execution" -> {
        if (id == null) {
          other(span, type, origin, ms);
        } else {
          Boolean worked = span.status() == 2 ? Boolean.FALSE : at.flag("success");
          rows.begin("tool_call:" + id, EventTypes.TOOL_CALL, origin)
              .success(worked)
              .error(Boolean.FALSE.equals(worked) ? claude.error(at) : null)
              .detail("running_ms", ms)
              .end();
        }
      }
      default -> other(span, type, origin, ms);
    }
  }

  private void request(Span span, Attributes at, Origin origin, long ms) {
    String request = at.text("request_id", "gen_ai.response.id", "client_request_id");
    boolean failed = span.status() == 2 || Boolean.FALSE.equals(at.flag("success"));
    if (request == null || (failed && at.count("input_tokens") < 0)) {
      // The event of the failure tells it; the span only how long it took.
      other(span, "llm_request", origin, ms);
      return;
    }
    rows.begin(EventKeys.modelCall(null, request), EventTypes.MODEL_CALL, origin)
        .duration(ms)
        .success(!failed);
    claude.answer(at);
    rows.detail("span", span.traceId() + ":" + span.spanId()).end();
  }

  /** What is no call of its own: an interaction, a hook, a call of an MCP server, a subagent. */
  private void other(Span span, @Nullable String type, Origin origin, long ms) {
    rows.begin(
            EventKeys.span(span.traceId(), span.spanId()),
            rows.type(String.valueOf(type)),
            Category.PERFORMANCE,
            origin)
        .duration(ms)
        .id("trace_id", span.traceId())
        .id("span_id", span.spanId())
        .id("parent_id", span.parentId());
    if (span.status() == 2) {
      rows.detail("status", span.message().isEmpty() ? "error" : span.message());
    }
    rows.attributes(span.attributes(), ClaudeTelemetry.STANDARD).end();
  }
}
