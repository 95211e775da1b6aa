package dev.flightlog.formats.otlp;

import dev.flightlog.formats.otlp.OtlpRecord.Point;
import dev.flightlog.formats.otlp.OtlpRecord.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/** One metric in JSON: its data points, told one by one. Stateless. */
final class JsonMetrics {
  private static final String[][] KINDS = {
    {"gauge", "gauge"},
    {"sum", "sum"},
    {"histogram", "histogram"},
    {"exponentialHistogram", "exponential_histogram"},
    {"summary", "summary"}
  };

  private JsonMetrics() {}

  static void read(Map<?, ?> metric, Source source, OtlpRecord.Sink out) {
    String name = JsonRecords.text(metric, "name");
    String unit = JsonRecords.text(metric, "unit");
    for (String[] kind : KINDS) {
      Object data = JsonRecords.get(metric, kind[0]);
      if (data == null) {
        continue;
      }
      if (!(data instanceof Map<?, ?> map)) {
        throw new BadRecordException(kind[0] + " is an object");
      }
      int temporality = JsonRecords.choice(map, "aggregationTemporality");
      boolean monotonic = Boolean.TRUE.equals(JsonRecords.get(map, "isMonotonic"));
      for (Map<?, ?> point : JsonRecords.objects(map, "dataPoints")) {
        try {
          out.take(
              new Point(
                  source,
                  name,
                  unit,
                  kind[1],
                  temporality,
                  monotonic,
                  JsonRecords.nanos(point, "startTimeUnixNano"),
                  JsonRecords.nanos(point, "timeUnixNano"),
                  values(point),
                  JsonRecords.attributes(JsonRecords.get(point, "attributes"))));
        } catch (BadRecordException e) {
          out.refuse(1, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static Map<String, Object> values(Map<?, ?> point) {
    Map<String, Object> values = new LinkedHashMap<>();
    whole(point, "asInt", "value", values);
    real(point, "asDouble", "value", values);
    whole(point, "count", "count", values);
    real(point, "sum", "sum", values);
    real(point, "min", "min", values);
    real(point, "max", "max", values);
    return values;
  }

  private static void whole(Map<?, ?> point, String key, String name, Map<String, Object> into) {
    Object value = JsonRecords.get(point, key);
    if (value != null) {
      Long whole = JsonRecords.whole(value);
      if (whole == null) {
        throw new BadRecordException(key + " is a whole number");
      }
      into.put(name, whole);
    }
  }

  private static void real(Map<?, ?> point, String key, String name, Map<String, Object> into) {
    Object value = JsonRecords.get(point, key);
    if (value instanceof Number number) {
      into.put(name, ProtobufRecords.real(number.doubleValue()));
    } else if (value instanceof String word) {
      into.put(name, word);
    } else if (value != null) {
      throw new BadRecordException(key + " is a number");
    }
  }
}
