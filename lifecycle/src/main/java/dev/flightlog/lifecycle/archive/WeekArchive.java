package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the archive of a week, kept beside it as {@code 2025_week_38.json}.
 *
 * @param own how many lines came from our own journals; they stand first
 * @param others how many lines came from rows of the index: what was imported, and what has no
 *     journal line of its own
 * @param bytes of the compressed file
 * @param sha256 of the compressed file
 */
public record WeekArchive(Week week, long own, long others, long bytes, String sha256) {

  public long lines() {
    return own + others;
  }

  byte[] encode() {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("week").string(week.toString()).key("own").number(own).key("others").number(others);
    json.key("bytes").number(bytes).key("sha256").string(sha256);
    return (json.endObject() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static Optional<WeekArchive> decode(byte[] bytes) {
    try {
      if (new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map
          && map.get("own") instanceof Long own
          && map.get("others") instanceof Long others
          && map.get("bytes") instanceof Long size
          && map.get("sha256") instanceof String hash) {
        return Week.parse(String.valueOf(map.get("week")))
            .map(week -> new WeekArchive(week, own, others, size, hash));
      }
    } catch (JsonException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
