package dev.flightlog.importer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something may have changed below some files and folders. The system's notices only
 * shorten the wait: whether anything did change is found by looking, which happens every second
 * anyway, because notices can be missing, late, or too many.
 */
final class Watcher implements AutoCloseable {
  private static final long LONGEST_WAIT_MS = 1000;

  /** Writers seldom write once: a little later there is more to read at a time. */
  private static final long GATHER_MS = 20;

  private final @Nullable WatchService service;
  private final Map<WatchKey, Path> keys = new HashMap<>();

  Watcher(List<Path> paths) {
    WatchService watching = null;
    try {
      watching = paths.getFirst().toAbsolutePath().getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException noNotices) {
      // Then every wait is the longest.
    }
    service = watching;
    again(paths);
  }

  /** Asks for notices once more, about what was not there when it was asked before. */
  void again(List<Path> paths) {
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      Path parent = absolute.getParent();
      register(Files.isDirectory(absolute) || parent == null ? absolute : parent);
    }
  }

  /**
   * Waits at most a second.
   *
   * @return false when the thread was interrupted, which it then is no longer
   */
  boolean await() {
    try {
      if (service == null) {
        Thread.sleep(LONGEST_WAIT_MS);
        return true;
      }
      WatchKey key = service.poll(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS);
      if (key != null) {
        Thread.sleep(GATHER_MS);
      }
      while (key != null) {
        notice(key);
        key = service.poll();
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void notice(WatchKey key) {
    Path folder = keys.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder != null && event.context() instanceof Path name) {
        Path path = folder.resolve(name);
        if (Files.isDirectory(path)) {
          register(path);
        }
      }
    }
    if (!key.reset()) {
      keys.remove(key);
    }
  }

  /** Asks for notices about a folder and all below it. */
  private void register(Path folder) {
    WatchService watching = service;
    if (watching == null) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                throws IOException {
              keys.put(
                  dir.register(
                      watching,
                      StandardWatchEventKinds.ENTRY_CREATE,
                      StandardWatchEventKinds.ENTRY_MODIFY,
                      StandardWatchEventKinds.ENTRY_DELETE),
                  dir);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException tooManyFolders) {
      // Then their changes are found by looking.
    }
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        // Nothing depends on it any more.
      }
    }
  }
}
