package dev.flightlog.formats.otlp;

import dev.flightlog.formats.otlp.OtlpRecord.Source;

/**
 * The three layers around records in protobuf: resources, scopes, records. A layer names its source
 * before or behind what it holds, so each is gone through twice.
 */
final class ProtobufFrames {
  private final Signal signal;
  private final OtlpRecord.Sink out;
  private final ProtobufRecords records = new ProtobufRecords(new Wire.KnownStrings());

  ProtobufFrames(Signal signal, OtlpRecord.Sink out) {
    this.signal = signal;
    this.out = out;
  }

  /** Refuses what does not even have its layers; makes no objects of records. */
  static void check(byte[] bytes, int from, int to) {
    Wire request = new Wire(bytes, from, to);
    while (request.next()) {
      if (request.field(Wire.BYTES) != 1) {
        request.skip();
        continue;
      }
      Wire resource = request.message();
      while (resource.next()) {
        if (resource.field(Wire.BYTES) == 2) {
          Wire scope = resource.message();
          while (scope.next()) {
            scope.skip();
          }
        } else {
          resource.skip();
        }
      }
    }
  }

  void read(Wire request) {
    while (request.next()) {
      if (request.field(Wire.BYTES) == 1) {
        Wire resource = request.message();
        resource(new Wire(resource.bytes, resource.from(), resource.to()), resource);
      } else {
        request.skip();
      }
    }
  }

  private void resource(Wire first, Wire second) {
    Attributes attributes = Attributes.NONE;
    while (first.next()) {
      if (first.field(Wire.BYTES) == 1) {
        attributes = attributesOf(first.message());
      } else {
        first.skip();
      }
    }
    while (second.next()) {
      if (second.field(Wire.BYTES) == 2) {
        Wire scope = second.message();
        scope(new Wire(scope.bytes, scope.from(), scope.to()), scope, attributes);
      } else {
        second.skip();
      }
    }
  }

  /** The attributes of a resource; a bad one costs itself, what it sent is still read. */
  private Attributes attributesOf(Wire resource) {
    try {
      return records.resource(resource);
    } catch (BadRecordException e) {
      return Attributes.NONE;
    }
  }

  private void scope(Wire first, Wire second, Attributes resource) {
    String name = "";
    String version = "";
    while (first.next()) {
      if (first.field(Wire.BYTES) == 1) {
        Wire scope = first.message();
        try {
          while (scope.next()) {
            switch (scope.field(Wire.BYTES)) {
              case 1 -> name = scope.string();
              case 2 -> version = scope.string();
              default -> scope.skip();
            }
          }
        } catch (BadRecordException e) {
          name = "";
        }
      } else {
        first.skip();
      }
    }
    Source source = new Source(resource, name, version);
    while (second.next()) {
      if (second.field(Wire.BYTES) == 2) {
        record(second.message(), source);
      } else {
        second.skip();
      }
    }
  }

  private void record(Wire record, Source source) {
    try {
      switch (signal) {
        case TRACES -> out.take(records.span(record, source));
        case LOGS -> out.take(records.log(record, source));
        case METRICS -> new ProtobufMetrics(records, source, out).read(record);
      }
    } catch (BadRecordException e) {
      out.refuse(1, String.valueOf(e.getMessage()));
    }
  }
}
