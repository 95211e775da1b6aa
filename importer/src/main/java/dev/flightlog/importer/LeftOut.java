package dev.flightlog.importer;

import java.nio.file.Path;

/**
 * Counts what an import leaves out and tells it: the first of a kind by name, the others as a
 * number, so that a folder of ten thousand unknown files says so in a few lines.
 */
final class LeftOut {
  private static final int NAMED = 20;

  private final ImportListener listener;
  private long count;
  private long unknown;

  LeftOut(ImportListener listener) {
    this.listener = listener;
  }

  long count() {
    return count;
  }

  /** A file that could not be read, or not to its end. */
  void skipped(Path file, String reason) {
    count++;
    listener.skipped(file, reason);
  }

  /** Something that is told but is no file of the import. */
  void told(Path file, String reason) {
    skipped(file, reason);
  }

  /** A file in which nothing known was found. */
  void unknown(Path file) {
    count++;
    unknown++;
    if (unknown <= NAMED) {
      listener.skipped(file, "nothing known was found in it");
    }
  }

  /** Tells how many more there were. */
  void end(Path folder) {
    if (unknown > NAMED) {
      listener.skipped(folder, "nothing known was found in " + (unknown - NAMED) + " more files");
    }
  }
}
