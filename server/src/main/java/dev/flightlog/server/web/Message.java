package dev.flightlog.server.web;

import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a stream. Immutable but for the array, which nobody may change: many readers may
 * be sent the same.
 *
 * @param kind a word that tells readers what it is
 * @param id where a reader goes on that has this message; null when that is where it was before
 * @param json one JSON value, UTF-8, on one line
 */
public record Message(String kind, @Nullable String id, byte[] json) {

  /** A message of maps, lists, texts and numbers. */
  public static Message of(String kind, @Nullable String id, Map<String, ?> data) {
    return new Message(
        kind, id, new JsonWriter().value(data).toString().getBytes(StandardCharsets.UTF_8));
  }
}
