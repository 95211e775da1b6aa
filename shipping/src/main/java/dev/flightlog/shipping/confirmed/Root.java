package dev.flightlog.shipping.confirmed;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is shipped together: the journals of a home, or a source.
 *
 * @param path a folder, or one file
 * @param journals whether only journals in the folder itself count
 */
public record Root(Path path, boolean journals) {
  private static final List<String> ENDINGS =
      List.of(".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz", ".zst", ".db");

  /** What can be told of a file without opening it; the time in milliseconds since 1970. */
  record Seen(long size, long modified) {}

  /** The files that are there now; one that cannot be looked at is left out. */
  Map<String, Seen> files() {
    Map<String, Seen> found = new TreeMap<>();
    try {
      if (journals) {
        listJournals(found);
      } else if (Files.isDirectory(path)) {
        walk(found);
      } else if (Files.isRegularFile(path)) {
        add(path, Files.readAttributes(path, BasicFileAttributes.class), found);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Whoever reads it tells why it cannot be read.
    }
    return found;
  }

  private void listJournals(Map<String, Seen> found) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(path, "story_*.{jsonl,jsonl.gz}")) {
      for (Path file : all) {
        add(file, Files.readAttributes(file, BasicFileAttributes.class), found);
      }
    }
  }

  private void walk(Map<String, Seen> found) throws IOException {
    Files.walkFileTree(
        path,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            if (ENDINGS.stream().anyMatch(name::endsWith)) {
              add(file, attributes, found);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void add(Path file, BasicFileAttributes attributes, Map<String, Seen> found) {
    if (attributes.isRegularFile()) {
      found.put(
          file.toString(), new Seen(attributes.size(), attributes.lastModifiedTime().toMillis()));
    }
  }
}
