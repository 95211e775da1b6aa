package dev.flightlog.formats.otlp;

import static dev.flightlog.formats.otlp.ProtobufRecords.need;

import dev.flightlog.formats.otlp.OtlpRecord.Point;
import dev.flightlog.formats.otlp.OtlpRecord.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One metric in protobuf: its data points, told one by one. */
final class ProtobufMetrics {
  private final ProtobufRecords records;
  private final Source source;
  private final OtlpRecord.Sink out;
  private String name = "";
  private String unit = "";

  ProtobufMetrics(ProtobufRecords records, Source source, OtlpRecord.Sink out) {
    this.records = records;
    this.source = source;
    this.out = out;
  }

  void read(Wire metric) {
    Wire again = new Wire(metric.bytes, metric.from(), metric.to());
    while (again.next()) {
      switch (again.field(Wire.BYTES)) {
        case 1 -> name = again.string();
        case 3 -> unit = again.string();
        default -> again.skip();
      }
    }
    while (metric.next()) {
      switch (metric.field(Wire.BYTES)) {
        case 5 -> data("gauge", metric.message());
        case 7 -> data("sum", metric.message());
        case 9 -> data("histogram", metric.message());
        case 10 -> data("exponential_histogram", metric.message());
        case 11 -> data("summary", metric.message());
        default -> metric.skip();
      }
    }
  }

  private void data(String kind, Wire data) {
    Wire again = new Wire(data.bytes, data.from(), data.to());
    int temporality = 0;
    boolean monotonic = false;
    while (again.next()) {
      switch (again.field(Wire.VARINT)) {
        case 2 -> temporality = (int) again.varint();
        case 3 -> monotonic = again.varint() != 0;
        default -> again.skip();
      }
    }
    while (data.next()) {
      if (data.field(Wire.BYTES) != 1) {
        data.skip();
        continue;
      }
      Wire point = data.message();
      try {
        out.take(point(kind, temporality, monotonic, point));
      } catch (BadRecordException e) {
        out.refuse(1, String.valueOf(e.getMessage()));
      }
    }
  }

  private Point point(String kind, int temporality, boolean monotonic, Wire in) {
    records.begin();
    boolean number = kind.equals("gauge") || kind.equals("sum");
    int attributesAt = kind.equals("histogram") ? 9 : kind.startsWith("exp") ? 1 : 7;
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    long start = 0;
    long time = 0;
    while (in.next()) {
      int field = in.field();
      if (field == attributesAt) {
        records.pair(need(in, Wire.BYTES).message(), attributes, 0);
      } else if (field == 2) {
        start = need(in, Wire.FIXED64).fixed64();
      } else if (field == 3) {
        time = need(in, Wire.FIXED64).fixed64();
      } else if (number && field == 4) {
        values.put("value", ProtobufRecords.real(need(in, Wire.FIXED64).real()));
      } else if (number && field == 6) {
        values.put("value", need(in, Wire.FIXED64).fixed64());
      } else if (!number && field == 4) {
        values.put("count", need(in, Wire.FIXED64).fixed64());
      } else if (!number && field == 5) {
        values.put("sum", ProtobufRecords.real(need(in, Wire.FIXED64).real()));
      } else if (limit(kind, field) != null) {
        values.put(
            String.valueOf(limit(kind, field)),
            ProtobufRecords.real(need(in, Wire.FIXED64).real()));
      } else {
        in.skip();
      }
    }
    return new Point(
        source,
        name,
        unit,
        kind,
        temporality,
        monotonic,
        start,
        time,
        values,
        new Attributes(attributes));
  }

  private static @Nullable String limit(String kind, int field) {
    int min = kind.equals("histogram") ? 11 : kind.startsWith("exp") ? 12 : -1;
    return min < 0 || field < min || field > min + 1 ? null : field == min ? "min" : "max";
  }
}
