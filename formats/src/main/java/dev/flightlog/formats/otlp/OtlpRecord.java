package dev.flightlog.formats.otlp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One span, log record or data point of a metric, the same from either form. Immutable. */
public sealed interface OtlpRecord {
  /** Who sent it. */
  Source source();

  /** Its own attributes. */
  Attributes attributes();

  /**
   * The program and the library that made a record.
   *
   * @param scope the name of the instrumentation; empty when not told
   */
  record Source(Attributes resource, String scope, String version) {
    /** Nobody. */
    public static final Source NONE = new Source(Attributes.NONE, "", "");

    /** The name of the program; empty when not told. */
    public String service() {
      String name = resource.text("service.name");
      return name == null || name.startsWith("unknown_service") ? "" : name;
    }
  }

  /**
   * A piece of work.
   *
   * @param traceId 32 lower-case hexadecimal digits
   * @param spanId 16 of them
   * @param parentId null at a root
   * @param kind 0 unset, 1 internal, 2 server, 3 client, 4 producer, 5 consumer
   * @param start nanoseconds since 1970, unsigned; 0 when not told
   * @param status 0 unset, 1 ok, 2 error
   */
  record Span(
      Source source,
      String traceId,
      String spanId,
      @Nullable String parentId,
      String name,
      int kind,
      long start,
      long end,
      Attributes attributes,
      List<Happening> events,
      List<String> links,
      int status,
      String message)
      implements OtlpRecord {}

  /** Something that happened during a span. */
  record Happening(String name, long time, Attributes attributes) {}

  /**
   * A log record or event.
   *
   * @param time nanoseconds since 1970, unsigned; 0 when not told
   * @param severity 1 to 24; 0 when not told
   * @param body a text, number, map or list
   * @param event the name of the event; empty for a plain log record
   */
  record Log(
      Source source,
      long time,
      long observed,
      int severity,
      String severityText,
      @Nullable Object body,
      String event,
      @Nullable String traceId,
      @Nullable String spanId,
      Attributes attributes)
      implements OtlpRecord {}

  /**
   * One data point.
   *
   * @param kind {@code gauge}, {@code sum}, {@code histogram}, {@code exponential_histogram} or
   *     {@code summary}
   * @param temporality 1 delta, 2 cumulative, 0 for none
   * @param values what was measured, by name: {@code value}, or {@code count}, {@code sum}, …
   */
  record Point(
      Source source,
      String name,
      String unit,
      String kind,
      int temporality,
      boolean monotonic,
      long start,
      long time,
      Map<String, Object> values,
      Attributes attributes)
      implements OtlpRecord {}

  /** Takes records one by one; of a bad one only why it is bad. */
  interface Sink {
    void take(OtlpRecord record);

    /**
     * @param count how many records it costs
     */
    void refuse(long count, String reason);
  }
}
