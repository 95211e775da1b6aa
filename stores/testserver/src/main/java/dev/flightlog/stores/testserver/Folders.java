package dev.flightlog.stores.testserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders of tests. Stateless. */
final class Folders {
  private Folders() {}

  /** Deletes a folder with all that is in it; what is gone already is no matter. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // A process that was killed may still hold it; it is a temporary folder.
    }
  }
}
