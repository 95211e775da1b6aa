package dev.flightlog.importer;

import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.importer.bytes.ReadResult;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files to read: those that were named, and in folders, at any depth, those that look
 * like JSON lines or like the document of a run. A file that is reachable by several names is read
 * once; links that go round are not followed.
 */
final class FileFinder {
  private final @Nullable Format format;
  private final @Nullable Path without;
  private final LeftOut left;
  private final List<Found> found = new ArrayList<>();
  private final Set<Object> keys = new HashSet<>();

  /**
   * @param named true when the user named the file itself
   */
  record Found(Path path, BasicFileAttributes attributes, boolean named) {}

  /**
   * @param without a folder that is passed over
   */
  FileFinder(@Nullable Format format, @Nullable Path without, LeftOut left) {
    this.format = format;
    this.without = without;
    this.left = left;
  }

  List<Found> find(List<Path> paths) {
    for (Path path : paths) {
      switch (look(path)) {
        case ReadResult.Whole _ -> {}
        case ReadResult.Unread unread -> {
          if (paths.size() == 1) {
            throw new ImportException(unread.reason());
          }
          left.skipped(path, unread.reason());
        }
      }
    }
    return found;
  }

  /** Adds what is at this path. */
  private ReadResult look(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      BasicFileAttributes attributes = Files.readAttributes(absolute, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        if (!Files.isReadable(absolute)) {
          return new ReadResult.Unread(
              "Cannot read the folder " + path + ". Check its permissions.");
        }
        walk(absolute);
      } else if (attributes.isRegularFile()) {
        add(absolute, attributes, true);
      } else {
        return new ReadResult.Unread(
            path + " is neither a file nor a folder. Name a file that can be read again.");
      }
      return ReadResult.WHOLE;
    } catch (IOException e) {
      return new ReadResult.Unread(
          Files.exists(absolute)
              ? "Cannot read " + path + " (" + e.getMessage() + "). Check its permissions."
              : "There is no file or folder " + path + ". Check the path.");
    }
  }

  private void walk(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return dir.equals(without) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && looksLikeLines(file)) {
              add(file, attributes, false);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            left.skipped(file, reason(e));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** In words, where the system's message is the path alone. */
  private static String reason(IOException e) {
    return switch (e) {
      case FileSystemLoopException _ -> "it is a link to a folder in which it stands itself";
      case AccessDeniedException _ -> "it may not be read; check its permissions";
      case NoSuchFileException _ -> "it has gone";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void add(Path file, BasicFileAttributes attributes, boolean named) {
    Object key = attributes.fileKey();
    if (keys.add(key == null ? file : key)) {
      found.add(new Found(file, attributes, named));
    }
  }

  private boolean looksLikeLines(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String plain =
        name.endsWith(".gz")
            ? name.substring(0, name.length() - 3)
            : name.endsWith(".zst") ? name.substring(0, name.length() - 4) : name;
    if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      return true;
    }
    Format wanted = format;
    if (wanted != null) {
      return wanted.endings().stream().anyMatch(plain::endsWith);
    }
    return Formats.all().stream()
        .filter(each -> each != Formats.TASK_DB)
        .anyMatch(each -> each.endings().stream().anyMatch(plain::endsWith));
  }
}
