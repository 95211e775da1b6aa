package dev.flightlog.forwarding;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenSearch and Elasticsearch, by their bulk requests. A document's id comes from its line, so
 * that what is sent again replaces itself.
 */
final class BulkTarget implements Target {
  private final String name;
  private final URI address;
  private final String index;
  private final Map<String, String> headers;

  /**
   * @param address of {@code _bulk}
   */
  BulkTarget(String name, URI address, String index, Map<String, String> headers) {
    this.name = name;
    this.address = address;
    this.index = index;
    this.headers = Map.copyOf(headers);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mostLines() {
    return 1000;
  }

  @Override
  public HttpRequest request(List<JournalLine> lines) {
    JsonWriter out = new JsonWriter(64 << 10);
    for (JournalLine line : lines) {
      out.beginObject().key("index").beginObject().key("_index").string(index);
      out.key("_id").string(line.key()).endObject().endObject().append('\n');
      out.beginObject();
      String time = line.text("timestamp");
      if (time != null) {
        out.key("@timestamp").string(time);
      }
      line.event().forEach((key, value) -> out.key(String.valueOf(key)).value(value));
      out.endObject().append('\n');
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpTarget.gzip(out.toByteArray())));
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public Answer judge(int status, byte[] body, List<JournalLine> lines) {
    Answer answer = Target.ofStatus(status, body, lines);
    if (!(answer instanceof Answer.Taken)) {
      return answer;
    }
    try {
      Object value = new JsonReader().reset(body, 0, body.length).value();
      return value instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("errors"))
          ? items(map.get("items"), lines)
          : Answer.TAKEN;
    } catch (JsonException cut) {
      return new Answer.Later("the answer to a bulk request cannot be read");
    }
  }

  /** One that may be taken later makes all be sent again: the others replace themselves. */
  private static Answer items(@Nullable Object items, List<JournalLine> lines) {
    List<JournalLine> refused = new ArrayList<>();
    String reason = "";
    if (items instanceof List<?> list) {
      for (int i = 0; i < Math.min(list.size(), lines.size()); i++) {
        if (!(list.get(i) instanceof Map<?, ?> item)
            || !(item.get("index") instanceof Map<?, ?> result)
            || !(result.get("status") instanceof Long status)
            || status < 300) {
          continue;
        }
        String told = status + " " + new JsonWriter().value(result.get("error"));
        if (status == 429 || status >= 500) {
          return new Answer.Later(told);
        }
        refused.add(lines.get(i));
        reason = told;
      }
    }
    return refused.isEmpty() ? Answer.TAKEN : new Answer.Refused(refused.size(), refused, reason);
  }
}
