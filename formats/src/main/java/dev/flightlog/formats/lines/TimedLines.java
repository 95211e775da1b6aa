package dev.flightlog.formats.lines;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.Times;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines that tell their time, or happened when the one before them did. Not thread-safe. */
final class TimedLines {
  private final JsonReader json = new JsonReader();
  private long lastTime;

  /** Until a line tells its time, the file's counts. */
  TimedLines(FileContext file) {
    lastTime = file.fallbackTime();
  }

  /** A line as maps, lists and scalars. */
  Map<?, ?> line(byte[] bytes, int from, int to) {
    return JsonDocument.object(json, bytes, from, to);
  }

  /** Where and when the next line in turn happened, and whose it is. */
  Origin origin(Map<?, ?> line, Attribution of, long offset, int length) {
    long told = Times.of(line);
    lastTime = told == Timestamps.NONE ? lastTime : told;
    return new Origin(lastTime, told != Timestamps.NONE, of, offset, length);
  }

  void save(JsonWriter state) {
    state.key("time").number(lastTime);
  }

  void restore(Map<String, @Nullable Object> state) {
    lastTime = state.get("time") instanceof Number time ? time.longValue() : lastTime;
  }
}
