package dev.flightlog.formats.otlp;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.EventKeys;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.otlp.OtlpRecord.Happening;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.otlp.OtlpRecord.Point;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spans, log records and metrics of any program: kept as they are, with their attributes. */
final class OtherRows {
  private static final String[] KINDS = {
    "", "internal", "server", "client", "producer", "consumer"
  };
  private static final int ERROR = 17;

  /** Who the user is says nothing about what happened. */
  private static final Set<String> POINT = ClaudeTelemetry.STANDARD;

  private final TelemetryRows rows;

  OtherRows(TelemetryRows rows) {
    this.rows = rows;
  }

  private Attribution of(OtlpRecord.Source source, Attributes at, @Nullable String trace) {
    return rows.of(
        GenAiRows.session(source, at), GenAiRows.project(source), GenAi.agent(at), trace);
  }

  void span(Span span) {
    Origin origin = rows.origin(span.start(), of(span.source(), span.attributes(), span.traceId()));
    ErrorClass error = Spans.error(span);
    rows.begin(EventKeys.span(span.traceId(), span.spanId()), "span", Category.EXECUTION, origin)
        .component(span.source().service())
        .duration(Spans.durationMs(span))
        .success(error != null ? Boolean.FALSE : span.status() == 1 ? Boolean.TRUE : null)
        .error(error)
        .detail("name", span.name())
        .detail("kind", KINDS[Math.clamp(span.kind(), 0, KINDS.length - 1)])
        .id("trace_id", span.traceId())
        .id("span_id", span.spanId())
        .id("parent_id", span.parentId())
        .detail("scope", span.source().scope());
    Happening thrown = Spans.exception(span);
    if (thrown != null) {
      rows.content("stack", thrown.attributes().get("exception.stacktrace"));
    }
    if (!span.links().isEmpty()) {
      rows.content("links", span.links());
    }
    rows.attributes(span.attributes(), Set.of()).end();
  }

  void log(Log log, String event) {
    Attributes at = log.attributes();
    Origin origin =
        rows.origin(
            log.time() == 0 ? log.observed() : log.time(), of(log.source(), at, log.traceId()));
    String exception = at.text("exception.type");
    boolean failed = exception != null && log.severity() >= ERROR;
    String type = failed ? EventTypes.ERROR : event.isEmpty() ? "log" : rows.type(event);
    boolean ours = !failed && EventTypes.categoryOf(type) != null;
    rows.begin(key(log), ours ? "log" : type, origin).component(log.source().service());
    if (exception != null) {
      String message = at.text("exception.message");
      rows.error(new ErrorClass(Spans.simple(exception), message == null ? "" : message));
    }
    if (log.severity() > 0 || !log.severityText().isEmpty()) {
      rows.detail("severity", log.severityText().isEmpty() ? level(log) : log.severityText());
    }
    rows.detail("name", event)
        .content("body", log.body())
        .id("trace_id", log.traceId())
        .id("span_id", log.spanId())
        .detail("scope", log.source().scope())
        .attributes(at, Set.of("event.name"))
        .end();
  }

  private static String level(Log log) {
    String[] names = {"trace", "debug", "info", "warn", "error", "fatal"};
    return names[Math.clamp((log.severity() - 1) / 4, 0, names.length - 1)];
  }

  void point(Point point) {
    Attributes at = point.attributes();
    Origin origin = rows.origin(point.time(), of(point.source(), at, null));
    rows.begin(key(point), "metric", Category.PERFORMANCE, origin)
        .component(point.source().service())
        .detail("name", point.name())
        .detail("unit", point.unit())
        .detail("kind", point.kind());
    if (point.temporality() != 0) {
      rows.detail("temporality", point.temporality() == 1 ? "delta" : "cumulative");
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>(point.values());
    rows.content("values", values).attributes(at, POINT).end();
  }

  /**
   * A log record has no id: what it says is its key, so that it is kept once however often sent.
   */
  static String key(Log log) {
    JsonWriter all = new JsonWriter(1024).beginArray();
    all.string(String.valueOf(log.traceId())).string(String.valueOf(log.spanId()));
    all.number(log.time()).number(log.time() == 0 ? log.observed() : 0).number(log.severity());
    all.string(log.event()).value(log.body()).value(log.attributes().map());
    all.string(log.source().service()).string(log.source().scope());
    all.value(log.source().resource().get("service.instance.id"));
    return "log:" + hash(all);
  }

  private static String key(Point point) {
    JsonWriter all = new JsonWriter(1024).beginArray();
    all.string(point.name()).string(point.kind()).number(point.start()).number(point.time());
    all.value(point.attributes().map()).value(point.source().resource().map());
    all.string(point.source().scope());
    return "metric:" + hash(all);
  }

  private static String hash(JsonWriter all) {
    all.endArray();
    var digest = Sha256.digest();
    digest.update(all.bytes(), 0, all.length());
    return HexFormat.of().formatHex(digest.digest(), 0, 20);
  }
}
