package dev.flightlog.tasks.queue;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Reads what {@link RedisScripts} has set aside. Stateless. */
final class BrokenEntries {
  private BrokenEntries() {}

  /** Whatever the line is: one that is damaged itself is told as it stands. */
  static BrokenEntry of(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    try {
      if (new JsonReader().reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> map) {
        return new BrokenEntry(
            String.valueOf(map.get("content")),
            String.valueOf(map.get("reason")),
            Instant.ofEpochMilli(Long.parseLong(String.valueOf(map.get("at")))));
      }
    } catch (JsonException | NumberFormatException e) {
      return new BrokenEntry(json, "no note of what was set aside", Instant.EPOCH);
    }
    return new BrokenEntry(json, "no note of what was set aside", Instant.EPOCH);
  }
}
