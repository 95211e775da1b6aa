package dev.flightlog.importer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts what an import leaves out and tells it: the first of a kind by name, the others as a
 * number, so that a folder of ten thousand unknown files says so in a few lines.
 */
final class LeftOut {
  private static final int NAMED = 20;
  private static final String NOTHING_KNOWN = "nothing known was found in it";
  private static final int KEPT = 1_000;

  private final ImportListener listener;
  private long count;
  private long unknown;
  private final Map<Path, String> reasons = new LinkedHashMap<>();

  LeftOut(ImportListener listener) {
    this.listener = listener;
  }

  long count() {
    return count;
  }

  /** A file that could not be read, or not to its end. */
  void skipped(Path file, String reason) {
    count++;
    keep(file, reason);
    listener.skipped(file, reason);
  }

  private void keep(Path file, String reason) {
    if (reasons.size() < KEPT) {
      reasons.put(file, reason);
    }
  }

  /** The first of the files that were left out, with the reason. */
  Map<Path, String> reasons() {
    return reasons;
  }

  /** Something that is told but is no file of the import. */
  void told(Path file, String reason) {
    count++;
    listener.skipped(file, reason);
  }

  /** A file in which nothing known was found. */
  void unknown(Path file) {
    count++;
    unknown++;
    keep(file, NOTHING_KNOWN);
    if (unknown <= NAMED) {
      listener.skipped(file, NOTHING_KNOWN);
    }
  }

  /** Tells how many more there were. */
  void end(Path folder) {
    if (unknown > NAMED) {
      listener.skipped(folder, "nothing known was found in " + (unknown - NAMED) + " more files");
    }
  }
}
