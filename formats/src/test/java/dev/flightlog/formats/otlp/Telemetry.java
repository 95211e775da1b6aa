package dev.flightlog.formats.otlp;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.usage.Prices;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a store would keep of telemetry: its events by id, reports of one event joined. */
final class Telemetry {
  static final long NOW = Timestamps.parse("2026-11-28T12:00:00Z");

  final Map<String, Event> events = new LinkedHashMap<>();
  final OtlpRows rows;
  long refused;
  String reason = "";

  static final ReaderSettings SETTINGS =
      new ReaderSettings(
          Redactor.create(RedactionKey.of(new byte[32])),
          null,
          4096,
          Prices.builtIn(),
          new Projects(Map.of()));

  Telemetry() {
    rows = OtlpRows.ofFile(new FileContext("test", "test", NOW), SETTINGS);
  }

  Telemetry json(Signal signal, String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    EventBatch batch = new EventBatch();
    rows.into(batch, NOW, 0, 0);
    OtlpBytes.json(signal, utf8, 0, utf8.length, rows);
    return keep(batch);
  }

  Telemetry protobuf(Signal signal, byte[] bytes) {
    EventBatch batch = new EventBatch();
    rows.into(batch, NOW, 0, 0);
    OtlpBytes.protobuf(signal, bytes, 0, bytes.length, rows);
    return keep(batch);
  }

  private Telemetry keep(EventBatch batch) {
    refused += rows.refused();
    reason = rows.reason();
    for (int i = 0; i < batch.size(); i++) {
      events.merge(batch.event(i).id(), batch.event(i), Merge::combine);
    }
    return this;
  }

  List<Event> of(String type) {
    return events.values().stream().filter(event -> event.eventType().equals(type)).toList();
  }

  Event only(String type) {
    List<Event> found = of(type);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " events of type " + type + ": " + events.values());
    }
    return found.getFirst();
  }

  /** A request with spans of one program, each a JSON object. */
  static String spans(String service, String... spans) {
    return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
        + "{\"stringValue\":\""
        + service
        + "\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"lib\"},\"spans\":["
        + String.join(",", spans)
        + "]}]}]}";
  }

  static String logs(String service, String... logs) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
        + "{\"stringValue\":\""
        + service
        + "\"}}]},\"scopeLogs\":[{\"scope\":{\"name\":\"lib\"},\"logRecords\":["
        + String.join(",", logs)
        + "]}]}]}";
  }

  /** A span of one second, with attributes as pairs of names and values. */
  static String span(int id, int parent, String name, Object... attributes) {
    return "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\""
        + String.format("%016x", id)
        + "\",\"parentSpanId\":\""
        + (parent == 0 ? "" : String.format("%016x", parent))
        + "\",\"name\":\""
        + name
        + "\",\"kind\":1,\"startTimeUnixNano\":\"1795800000000000000\","
        + "\"endTimeUnixNano\":\"1795800001000000000\",\"attributes\":"
        + attributes(attributes)
        + "}";
  }

  static String log(String event, Object... attributes) {
    return "{\"timeUnixNano\":\"1795800001000000000\",\"eventName\":\""
        + event
        + "\",\"attributes\":"
        + attributes(attributes)
        + "}";
  }

  static String attributes(Object... pairs) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      String typed =
          value instanceof Integer
              ? "{\"intValue\":\"" + value + "\"}"
              : value instanceof Boolean
                  ? "{\"boolValue\":" + value + "}"
                  : "{\"stringValue\":\"" + String.valueOf(value).replace("\"", "\\\"") + "\"}";
      out.append(i == 0 ? "" : ",")
          .append("{\"key\":\"" + pairs[i] + "\",\"value\":" + typed + "}");
    }
    return out.append("]").toString();
  }
}
