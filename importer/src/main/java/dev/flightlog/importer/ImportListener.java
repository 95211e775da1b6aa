package dev.flightlog.importer;

import java.nio.file.Path;

/**
 * Is told how an import goes on. Called from the importing thread, often; must not block or throw.
 */
public interface ImportListener {
  /** Listens to nothing. */
  ImportListener NONE = new ImportListener() {};

  /**
   * Some more was read.
   *
   * @param doneBytes of all files that have to be read, as they are on disk
   * @param totalBytes of all files that have to be read
   */
  default void progress(long doneBytes, long totalBytes) {}

  /** A file was left out, or not read to its end. */
  default void skipped(Path file, String reason) {}
}
