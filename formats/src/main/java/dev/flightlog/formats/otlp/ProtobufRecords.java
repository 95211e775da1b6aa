package dev.flightlog.formats.otlp;

import dev.flightlog.formats.otlp.OtlpRecord.Happening;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.otlp.OtlpRecord.Source;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans, log records and values in protobuf. Belongs to one thread. */
final class ProtobufRecords {
  private final Wire.KnownStrings known;
  private int left = OtlpBytes.MOST_VALUES;

  ProtobufRecords(Wire.KnownStrings known) {
    this.known = known;
  }

  Attributes resource(Wire in) {
    left = OtlpBytes.MOST_VALUES;
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (in.next()) {
      if (in.field(Wire.BYTES) == 1) {
        pair(in.message(), map, 0);
      } else {
        in.skip();
      }
    }
    return new Attributes(map);
  }

  Span span(Wire in, Source source) {
    left = OtlpBytes.MOST_VALUES;
    String trace = "";
    String id = "";
    String parent = "";
    String name = "";
    String message = "";
    int kind = 0;
    int status = 0;
    long start = 0;
    long end = 0;
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    List<Happening> events = List.of();
    List<String> links = List.of();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> trace = need(in, Wire.BYTES).hex();
        case 2 -> id = need(in, Wire.BYTES).hex();
        case 4 -> parent = need(in, Wire.BYTES).hex();
        case 5 -> name = need(in, Wire.BYTES).string(known);
        case 6 -> kind = (int) need(in, Wire.VARINT).varint();
        case 7 -> start = need(in, Wire.FIXED64).fixed64();
        case 8 -> end = need(in, Wire.FIXED64).fixed64();
        case 9 -> pair(need(in, Wire.BYTES).message(), attributes, 0);
        case 11 -> {
          events = events.isEmpty() ? new ArrayList<>(2) : events;
          events.add(happening(need(in, Wire.BYTES).message()));
        }
        case 13 -> {
          links = links.isEmpty() ? new ArrayList<>(2) : links;
          links.add(link(need(in, Wire.BYTES).message()));
        }
        case 15 -> {
          Wire told = need(in, Wire.BYTES).message();
          while (told.next()) {
            switch (told.field()) {
              case 2 -> message = need(told, Wire.BYTES).string();
              case 3 -> status = (int) need(told, Wire.VARINT).varint();
              default -> told.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    return new Span(
        source,
        Spans.traceId(trace),
        Spans.spanId(id),
        Spans.spanIdOrNull(parent),
        name,
        kind,
        start,
        end,
        new Attributes(attributes),
        events,
        links,
        status,
        message);
  }

  private Happening happening(Wire in) {
    spend();
    String name = "";
    long time = 0;
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> time = need(in, Wire.FIXED64).fixed64();
        case 2 -> name = need(in, Wire.BYTES).string();
        case 3 -> pair(need(in, Wire.BYTES).message(), attributes, 0);
        default -> in.skip();
      }
    }
    return new Happening(name, time, new Attributes(attributes));
  }

  private String link(Wire in) {
    spend();
    String trace = "";
    String span = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> trace = need(in, Wire.BYTES).hex();
        case 2 -> span = need(in, Wire.BYTES).hex();
        default -> in.skip();
      }
    }
    return trace + ":" + span;
  }

  Log log(Wire in, Source source) {
    left = OtlpBytes.MOST_VALUES;
    long time = 0;
    long observed = 0;
    int severity = 0;
    String severityText = "";
    Object body = null;
    String event = "";
    String trace = "";
    String span = "";
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> time = need(in, Wire.FIXED64).fixed64();
        case 2 -> severity = (int) need(in, Wire.VARINT).varint();
        case 3 -> severityText = need(in, Wire.BYTES).string();
        case 5 -> body = value(need(in, Wire.BYTES).message(), 0);
        case 6 -> pair(need(in, Wire.BYTES).message(), attributes, 0);
        case 9 -> trace = need(in, Wire.BYTES).hex();
        case 10 -> span = need(in, Wire.BYTES).hex();
        case 11 -> observed = need(in, Wire.FIXED64).fixed64();
        case 12 -> event = need(in, Wire.BYTES).string();
        default -> in.skip();
      }
    }
    return new Log(
        source,
        time,
        observed,
        severity,
        severityText,
        body,
        event,
        Spans.traceIdOrNull(trace),
        Spans.spanIdOrNull(span),
        new Attributes(attributes));
  }

  /** The value of a known field must be of its type; another one is a damaged record. */
  static Wire need(Wire in, int type) {
    if (in.type() != type) {
      throw new BadRecordException("field " + in.field() + " has the wrong type " + in.type());
    }
    return in;
  }

  void begin() {
    left = OtlpBytes.MOST_VALUES;
  }

  private void spend() {
    if (--left < 0) {
      throw new BadRecordException("a record has at most " + OtlpBytes.MOST_VALUES + " values");
    }
  }

  /** Reads a {@code KeyValue} into a map. */
  void pair(Wire in, Map<String, @Nullable Object> into, int depth) {
    spend();
    String key = "";
    Object value = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = need(in, Wire.BYTES).string(known);
        case 2 -> value = value(need(in, Wire.BYTES).message(), depth + 1);
        default -> in.skip();
      }
    }
    into.put(key, value);
  }

  private @Nullable Object value(Wire in, int depth) {
    spend();
    if (depth > OtlpBytes.DEEPEST) {
      throw new BadRecordException("values are nested deeper than " + OtlpBytes.DEEPEST);
    }
    Object value = null;
    while (in.next()) {
      value =
          switch (in.field()) {
            case 1 -> need(in, Wire.BYTES).string();
            case 2 -> need(in, Wire.VARINT).varint() != 0;
            case 3 -> need(in, Wire.VARINT).varint();
            case 4 -> real(need(in, Wire.FIXED64).real());
            case 5 -> list(need(in, Wire.BYTES).message(), depth);
            case 6 -> map(need(in, Wire.BYTES).message(), depth);
            case 7 -> Base64.getEncoder().encodeToString(need(in, Wire.BYTES).copy());
            default -> {
              in.skip();
              yield value;
            }
          };
    }
    return value;
  }

  /** JSON has no such numbers: they are kept as words. */
  static Object real(double value) {
    return Double.isFinite(value) ? (Object) value : String.valueOf(value);
  }

  private List<@Nullable Object> list(Wire in, int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    while (in.next()) {
      if (in.field(Wire.BYTES) == 1) {
        values.add(value(in.message(), depth + 1));
      } else {
        in.skip();
      }
    }
    return values;
  }

  private Map<String, @Nullable Object> map(Wire in, int depth) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    while (in.next()) {
      if (in.field(Wire.BYTES) == 1) {
        pair(in.message(), values, depth + 1);
      } else {
        in.skip();
      }
    }
    return values;
  }
}
