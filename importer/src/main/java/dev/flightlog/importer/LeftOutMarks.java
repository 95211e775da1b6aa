package dev.flightlog.importer;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in the store which files were left out, and why, until they are read: a mark each, of which
 * there is a bounded number.
 */
final class LeftOutMarks {
  private static final String PREFIX = "left:";
  private static final int MOST = 2_000;

  private final EventStore store;
  private final Redactor redactor;
  private final Function<Path, String> names;

  /**
   * @param names paths as they are kept, without secrets
   */
  LeftOutMarks(EventStore store, Redactor redactor, Function<Path, String> names) {
    this.store = store;
    this.redactor = redactor;
    this.names = names;
  }

  /** All that are kept, by path. */
  static Map<String, String> of(EventStore store) {
    Map<String, String> all = new TreeMap<>();
    store.marks(PREFIX).forEach((file, reason) -> all.put(file.substring(PREFIX.length()), reason));
    return all;
  }

  /** Of the files that were found, these were left out and the others were not. */
  void remember(LeftOut left, List<Found> found) {
    Map<String, String> before = store.marks(PREFIX);
    Map<String, @Nullable String> now = new TreeMap<>();
    left.reasons().forEach((file, reason) -> now.put(key(file), redactor.redact(reason)));
    if (!before.isEmpty()) {
      for (Found each : found) {
        now.putIfAbsent(key(each.path()), null);
      }
    }
    List<Mark> changed = new ArrayList<>();
    now.forEach((file, reason) -> {
      boolean room = before.containsKey(file) || before.size() + changed.size() < MOST;
      if (!Objects.equals(before.get(file), reason) && (reason == null || room)) {
        changed.add(new Mark(file, reason));
      }
    });
    if (!changed.isEmpty()) {
      store.append(new Append(new EventBatch(), changed));
    }
  }

  private String key(Path file) {
    return PREFIX + names.apply(file);
  }
}
