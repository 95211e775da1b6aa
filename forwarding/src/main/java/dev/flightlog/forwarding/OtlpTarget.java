package dev.flightlog.forwarding;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Any receiver of OTLP over HTTP: a collector, Datadog, CloudWatch, another Flightlog. Each event
 * is a log record with its type as event name; its fields and details are attributes.
 */
final class OtlpTarget implements Target {
  /** The name of the instrumentation in what is sent. */
  static final String SCOPE = "dev.flightlog.journal";

  private final String name;
  private final URI address;
  private final Map<String, String> headers;
  private final @Nullable AwsSignature signature;

  /**
   * @param address of the signal, with {@code /v1/logs}
   * @param signature signs each request; null where headers are enough
   */
  OtlpTarget(
      String name, URI address, Map<String, String> headers, @Nullable AwsSignature signature) {
    this.name = name;
    this.address = address;
    this.headers = Map.copyOf(headers);
    this.signature = signature;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mostLines() {
    return 500;
  }

  @Override
  public HttpRequest request(List<JournalLine> lines) {
    byte[] body = gzip(body(lines));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    if (signature != null) {
      signature.headers("POST", address, headers, body).forEach(request::header);
    }
    return request.build();
  }

  static byte[] body(List<JournalLine> lines) {
    JsonWriter out = new JsonWriter(64 << 10).beginObject();
    out.key("resourceLogs").beginArray().beginObject();
    out.key("resource").beginObject().key("attributes").beginArray();
    attribute("service.name", "flightlog", out);
    out.endArray().endObject();
    out.key("scopeLogs").beginArray().beginObject();
    out.key("scope").beginObject().key("name").string(SCOPE).endObject();
    out.key("logRecords").beginArray();
    for (JournalLine line : lines) {
      record(line, out);
    }
    out.endArray().endObject().endArray().endObject().endArray().endObject();
    return out.toByteArray();
  }

  private static void record(JournalLine line, JsonWriter out) {
    String nanos = Long.toString(line.micros() * 1000);
    String type = line.text("event_type");
    boolean failed =
        "error".equals(line.text("category")) || Boolean.FALSE.equals(line.event().get("success"));
    out.beginObject();
    out.key("timeUnixNano").string(nanos).key("observedTimeUnixNano").string(nanos);
    out.key("severityNumber").number(failed ? 17 : 9);
    out.key("severityText").string(failed ? "ERROR" : "INFO");
    out.key("eventName").string("flightlog." + (type == null ? "event" : type));
    out.key("body").beginObject().key("stringValue").string(line.json()).endObject();
    out.key("attributes").beginArray();
    attribute("flightlog.key", line.key(), out);
    line.event()
        .forEach((key, value) -> {
          if (!"details".equals(key) && value != null) {
            attribute("flightlog." + key, value, out);
          }
        });
    out.endArray().endObject();
  }

  private static void attribute(String key, Object value, JsonWriter out) {
    out.beginObject().key("key").string(key).key("value").beginObject();
    switch (value) {
      case Boolean flag -> out.key("boolValue").bool(flag);
      case Long whole -> out.key("intValue").string(Long.toString(whole));
      case Number real -> out.key("doubleValue").number(real.doubleValue());
      case String text -> out.key("stringValue").string(text);
      default -> out.key("stringValue").string(new JsonWriter().value(value).toString());
    }
    out.endObject().endObject();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public Answer judge(int status, byte[] body, List<JournalLine> lines) {
    Answer answer = Target.ofStatus(status, body, lines);
    return answer instanceof Answer.Taken ? partial(body) : answer;
  }

  /** Of an answer that took only some; any other one took all. */
  private static Answer partial(byte[] body) {
    try {
      Object value = new JsonReader().reset(body, 0, body.length).value();
      if (value instanceof Map<?, ?> map
          && map.get("partialSuccess") instanceof Map<?, ?> partial) {
        String count = String.valueOf(partial.get("rejectedLogRecords"));
        if (count.matches("[1-9]\\d{0,8}")) {
          return new Answer.Refused(
              Integer.parseInt(count), List.of(), String.valueOf(partial.get("errorMessage")));
        }
      }
    } catch (JsonException noJson) {
      return Answer.TAKEN;
    }
    return Answer.TAKEN;
  }
}
