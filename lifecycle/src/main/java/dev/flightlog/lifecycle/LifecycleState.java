package dev.flightlog.lifecycle;

import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.files.FileOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one run leaves for the next, in a small file of the home.
 *
 * @param lastRun null before the first
 * @param thawed the weeks that were taken back, and when
 * @param deleting sessions whose deletion was begun and is not completed
 */
record LifecycleState(
    @Nullable Instant lastRun, TreeMap<Week, Instant> thawed, TreeSet<String> deleting) {

  /** Reads it; what cannot be read counts as never run, with nothing thawed. */
  static LifecycleState read(Path file) throws IOException {
    LifecycleState none = new LifecycleState(null, new TreeMap<>(), new TreeSet<>());
    if (!Files.exists(file)) {
      return none;
    }
    byte[] bytes = RegularFile.read(file);
    try {
      return new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map
          ? of(map)
          : none;
    } catch (JsonException | DateTimeException e) {
      return none;
    }
  }

  private static LifecycleState of(Map<?, ?> map) {
    TreeMap<Week, Instant> thawed = new TreeMap<>();
    if (map.get("thawed") instanceof Map<?, ?> weeks) {
      weeks.forEach((week, time) ->
          Week.parse(String.valueOf(week))
              .ifPresent(each -> thawed.put(each, Instant.parse(String.valueOf(time)))));
    }
    Instant last = map.get("last_run") instanceof String text ? Instant.parse(text) : null;
    TreeSet<String> deleting = new TreeSet<>();
    if (map.get("deleting") instanceof List<?> sessions) {
      sessions.forEach(session -> deleting.add(String.valueOf(session)));
    }
    return new LifecycleState(last, thawed, deleting);
  }

  void write(Path file, FileOperations files) throws IOException {
    JsonWriter json = new JsonWriter().beginObject();
    if (lastRun != null) {
      json.key("last_run").string(lastRun.toString());
    }
    json.key("thawed").beginObject();
    thawed.forEach((week, time) -> json.key(week.toString()).string(time.toString()));
    json.endObject().key("deleting").beginArray();
    deleting.forEach(json::string);
    json.endArray().endObject();
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try (OutputStream out = files.create(fresh)) {
      out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
    }
    files.force(fresh);
    files.rename(fresh, file);
  }
}
