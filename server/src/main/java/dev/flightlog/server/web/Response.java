package dev.flightlog.server.web;

import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes out. The server adds length, security headers and, unless the handler set one, {@code
 * Cache-Control: no-store}. Immutable.
 */
public record Response(int status, Map<String, String> headers, Content content) {
  public Response {
    headers = Map.copyOf(headers);
  }

  /** JSON that is already encoded. */
  public static Response json(int status, String json) {
    return of(status, "application/json", json);
  }

  /** Maps, lists, texts, numbers, booleans and null as JSON. */
  public static Response value(int status, @Nullable Object value) {
    JsonWriter out = new JsonWriter();
    out.value(value);
    return new Response(
        status, Map.of("Content-Type", "application/json"), new Content.Bytes(out.toByteArray()));
  }

  /** A text; UTF-8. */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text);
  }

  public static Response of(int status, String mediaType, String text) {
    return new Response(
        status,
        Map.of("Content-Type", mediaType),
        new Content.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Response of(int status, String mediaType, Content content) {
    return new Response(status, Map.of("Content-Type", mediaType), content);
  }

  /** A status and nothing else. */
  public static Response empty(int status) {
    return new Response(status, Map.of(), new Content.Bytes(new byte[0]));
  }

  /** The same with a header set. */
  public Response header(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new Response(status, more, content);
  }
}
