package dev.flightlog.lifecycle.frozen;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.Archives;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets weeks go of which a summary is enough: first the summaries of their quarters are written and
 * read back, then what came from our own journals leaves the archives. Ended anywhere, the next
 * call goes on. For one thread.
 */
public final class Freezer {
  private final EventStore store;
  private final Archives archives;
  private final Path summaries;
  private final FileOperations files;

  public Freezer(EventStore store, Archives archives, Path summaries, FileOperations files) {
    this.store = store;
    this.archives = archives;
    this.summaries = summaries;
    this.files = files;
  }

  /** Freezes these weeks, whose rows were released. */
  public void freeze(List<Week> weeks) {
    TreeMap<Quarter, TreeSet<Week>> quarters = new TreeMap<>();
    for (Week week : weeks) {
      for (long time : List.of(week.since(), week.until() - 1)) {
        quarters.computeIfAbsent(Quarter.of(time), quarter -> new TreeSet<>()).add(week);
      }
    }
    try {
      for (Map.Entry<Quarter, TreeSet<Week>> each : quarters.entrySet()) {
        write(each.getKey(), each.getValue());
      }
    } catch (IOException e) {
      throw new ArchiveException(
          "a summary cannot be written in " + summaries + " (" + e + "): nothing was removed", e);
    }
    weeks.forEach(archives::removeOwn);
  }

  private void write(Quarter quarter, TreeSet<Week> frozen) throws IOException {
    Path file = summaries.resolve(quarter.fileName());
    frozen.addAll(frozenBefore(file));
    byte[] summary = QuarterSummary.of(quarter, frozen, store).getBytes(StandardCharsets.UTF_8);
    files.createFolder(summaries);
    Path fresh = summaries.resolve("." + quarter.fileName() + ".new");
    try (OutputStream out = files.create(fresh)) {
      out.write(summary);
    }
    files.force(fresh);
    if (!Arrays.equals(Files.readAllBytes(fresh), summary)) {
      throw new IOException(fresh + " does not read as it was written");
    }
    files.rename(fresh, file);
  }

  private static TreeSet<Week> frozenBefore(Path file) throws IOException {
    TreeSet<Week> weeks = new TreeSet<>();
    if (!Files.exists(file)) {
      return weeks;
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      if (new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map
          && map.get("frozen_weeks") instanceof List<?> list) {
        list.forEach(week -> Week.parse(String.valueOf(week)).ifPresent(weeks::add));
      }
    } catch (JsonException e) {
      // It is written anew, from the same sums.
    }
    return weeks;
  }
}
