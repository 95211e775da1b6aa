package dev.flightlog.formats.otlp;

import dev.flightlog.formats.otlp.OtlpRecord.Happening;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.otlp.OtlpRecord.Source;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans, log records and values in JSON. Stateless. */
final class JsonRecords {
  private JsonRecords() {}

  static Span span(Map<?, ?> in, Source source) {
    Object status = get(in, "status");
    Map<?, ?> told = status instanceof Map<?, ?> map ? map : Map.of();
    if (status != null && told.isEmpty() && !(status instanceof Map<?, ?>)) {
      throw new BadRecordException("status is an object");
    }
    List<Happening> events = new ArrayList<>(0);
    for (Map<?, ?> event : objects(in, "events")) {
      events.add(
          new Happening(
              text(event, "name"),
              nanos(event, "timeUnixNano"),
              attributes(get(event, "attributes"))));
    }
    List<String> links = new ArrayList<>(0);
    for (Map<?, ?> link : objects(in, "links")) {
      links.add(text(link, "traceId") + ":" + text(link, "spanId"));
    }
    return new Span(
        source,
        Spans.traceId(text(in, "traceId")),
        Spans.spanId(text(in, "spanId")),
        Spans.spanIdOrNull(text(in, "parentSpanId")),
        text(in, "name"),
        choice(in, "kind"),
        nanos(in, "startTimeUnixNano"),
        nanos(in, "endTimeUnixNano"),
        attributes(get(in, "attributes")),
        events,
        links,
        choice(told, "code"),
        text(told, "message"));
  }

  static Log log(Map<?, ?> in, Source source) {
    return new Log(
        source,
        nanos(in, "timeUnixNano"),
        nanos(in, "observedTimeUnixNano"),
        choice(in, "severityNumber"),
        text(in, "severityText"),
        value(get(in, "body"), 0),
        text(in, "eventName"),
        Spans.traceIdOrNull(text(in, "traceId")),
        Spans.spanIdOrNull(text(in, "spanId")),
        attributes(get(in, "attributes")));
  }

  /** A member, by either of its names. */
  static @Nullable Object get(Map<?, ?> in, String name) {
    Object value = in.get(name);
    return value == null ? in.get(JsonFrames.underscored(name)) : value;
  }

  static String text(Map<?, ?> in, String name) {
    Object value = get(in, name);
    if (value == null || value instanceof String) {
      return value == null ? "" : (String) value;
    }
    throw new BadRecordException(name + " is a text");
  }

  static long nanos(Map<?, ?> in, String name) {
    Object value = get(in, name);
    if (value == null) {
      return 0;
    }
    Long whole = whole(value);
    if (whole == null) {
      throw new BadRecordException(name + " is a number of nanoseconds");
    }
    return whole;
  }

  /** A value of an enumeration, which is a number, though some write its name. */
  static int choice(Map<?, ?> in, String name) {
    Object value = get(in, name);
    if (value instanceof String word && !word.isEmpty() && Character.isLetter(word.charAt(0))) {
      return named(word);
    }
    Long whole = value == null ? (Long) 0L : whole(value);
    if (whole == null) {
      throw new BadRecordException(name + " is a number");
    }
    return Math.clamp(whole, 0, 1000);
  }

  private static int named(String word) {
    return switch (word) {
      case "SPAN_KIND_INTERNAL", "STATUS_CODE_OK", "AGGREGATION_TEMPORALITY_DELTA" -> 1;
      case "SPAN_KIND_SERVER", "STATUS_CODE_ERROR", "AGGREGATION_TEMPORALITY_CUMULATIVE" -> 2;
      case "SPAN_KIND_CLIENT" -> 3;
      case "SPAN_KIND_PRODUCER" -> 4;
      case "SPAN_KIND_CONSUMER" -> 5;
      case "SEVERITY_NUMBER_INFO" -> 9;
      case "SEVERITY_NUMBER_WARN" -> 13;
      case "SEVERITY_NUMBER_ERROR" -> 17;
      case "SEVERITY_NUMBER_FATAL" -> 21;
      default -> 0;
    };
  }

  /** A whole number, also as a text, unsigned ones up to 64 bits. */
  static @Nullable Long whole(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1.8e19) {
      return real < 9e18 ? real.longValue() : new java.math.BigDecimal(real).longValue();
    }
    if (value instanceof String text && text.length() <= 20) {
      try {
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
      } catch (NumberFormatException noNumber) {
        return null;
      }
    }
    return null;
  }

  static List<Map<?, ?>> objects(Map<?, ?> in, String name) {
    Object value = get(in, name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new BadRecordException(name + " is a list");
    }
    List<Map<?, ?>> objects = new ArrayList<>(list.size());
    for (Object each : list) {
      if (!(each instanceof Map<?, ?> map)) {
        throw new BadRecordException("an element of " + name + " is an object");
      }
      objects.add(map);
    }
    return objects;
  }

  static Attributes attributes(@Nullable Object list) {
    return list == null ? Attributes.NONE : new Attributes(pairs(list, 0));
  }

  private static Map<String, @Nullable Object> pairs(@Nullable Object given, int depth) {
    if (!(given instanceof List<?> list)) {
      throw new BadRecordException("attributes are a list of keys and values");
    }
    Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
    for (Object each : list) {
      if (!(each instanceof Map<?, ?> pair) || !(pair.get("key") instanceof String key)) {
        throw new BadRecordException("an attribute has a key and a value");
      }
      pairs.put(key, value(pair.get("value"), depth + 1));
    }
    return pairs;
  }

  /** An {@code AnyValue}. */
  static @Nullable Object value(@Nullable Object any, int depth) {
    if (any == null) {
      return null;
    }
    if (depth > OtlpBytes.DEEPEST) {
      throw new BadRecordException("values are nested deeper than " + OtlpBytes.DEEPEST);
    }
    if (!(any instanceof Map<?, ?> map)) {
      throw new BadRecordException("a value is an object such as {\"stringValue\":\"…\"}");
    }
    Object value = get(map, "stringValue");
    if (value != null) {
      return typed(value, value instanceof String, "stringValue");
    }
    value = get(map, "intValue");
    if (value != null) {
      Long whole = whole(value);
      return typed(whole == null ? value : whole, whole != null, "intValue");
    }
    value = get(map, "boolValue");
    if (value != null) {
      return typed(value, value instanceof Boolean, "boolValue");
    }
    value = get(map, "doubleValue");
    if (value != null) {
      return real(value);
    }
    value = get(map, "bytesValue");
    if (value != null) {
      return typed(value, value instanceof String, "bytesValue");
    }
    value = get(map, "arrayValue");
    if (value != null) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object each : list(value, "arrayValue")) {
        values.add(value(each, depth + 1));
      }
      return values;
    }
    value = get(map, "kvlistValue");
    return value == null ? null : pairs(list(value, "kvlistValue"), depth + 1);
  }

  private static Object real(Object value) {
    if (value instanceof Number number) {
      return ProtobufRecords.real(number.doubleValue());
    }
    if (value instanceof String text) {
      try {
        return ProtobufRecords.real(Double.parseDouble(text));
      } catch (NumberFormatException noNumber) {
        throw new BadRecordException("doubleValue is a number");
      }
    }
    throw new BadRecordException("doubleValue is a number");
  }

  private static Object typed(Object value, boolean right, String name) {
    if (!right) {
      throw new BadRecordException(name + " has a value of another type");
    }
    return value;
  }

  private static List<?> list(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      Object values = map.get("values");
      if (values == null) {
        return List.of();
      }
      if (values instanceof List<?> list) {
        return list;
      }
    }
    throw new BadRecordException(name + " has a list of values");
  }
}
