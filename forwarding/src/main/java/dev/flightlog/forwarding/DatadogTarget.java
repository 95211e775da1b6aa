package dev.flightlog.forwarding;

import dev.flightlog.event.json.JsonWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

/** Datadog's intake of logs, version 2: an array of at most 1,000 entries. */
final class DatadogTarget implements Target {
  private final String name;
  private final URI address;
  private final String key;

  DatadogTarget(String name, URI address, String key) {
    this.name = name;
    this.address = address;
    this.key = key;
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
    JsonWriter out = new JsonWriter(64 << 10).beginArray();
    for (JournalLine line : lines) {
      out.beginObject();
      out.key("ddsource").string("flightlog").key("service").string("flightlog");
      boolean failed = Boolean.FALSE.equals(line.event().get("success"));
      out.key("status").string(failed ? "error" : "info");
      out.key("timestamp").number(line.micros() / 1000);
      out.key("flightlog_key").string(line.key());
      String type = line.text("event_type");
      out.key("message").string(type == null ? "event" : type);
      out.key("flightlog").value(line.event());
      out.endObject();
    }
    out.endArray();
    return HttpRequest.newBuilder(address)
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/json")
        .header("Content-Encoding", "gzip")
        .header("DD-API-KEY", key)
        .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpTarget.gzip(out.toByteArray())))
        .build();
  }

  @Override
  public Answer judge(int status, byte[] body, List<JournalLine> lines) {
    return Target.ofStatus(status, body, lines);
  }
}
