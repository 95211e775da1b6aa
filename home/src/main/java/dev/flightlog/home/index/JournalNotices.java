package dev.flightlog.home.index;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/**
 * Tells when somebody, in this process or another, may have written to a journal: by the system's
 * notices of the folder, so that nothing is looked at while nothing happens. Notices only shorten a
 * wait: where the system gives none, or too many, whoever listens finds out by looking, later.
 */
final class JournalNotices implements AutoCloseable {
  /** Writers seldom write once: a little later there is more to read at a time. */
  private static final long GATHER_MS = 15;

  private final @Nullable WatchService service;
  private final Runnable told;

  /**
   * @param folder in which the journals are
   * @param told is called by a thread of this, soon after a write
   */
  JournalNotices(Path folder, Runnable told) {
    this.told = told;
    service = service(folder);
    if (service != null) {
      Thread.ofPlatform().name("flightlog-journal-notices").daemon().start(() -> listen(service));
    }
  }

  private static @Nullable WatchService service(Path folder) {
    WatchService service = null;
    try {
      service = folder.getFileSystem().newWatchService();
      folder.register(
          service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      return service;
    } catch (IOException | UnsupportedOperationException noNotices) {
      close(service);
      return null;
    }
  }

  private void listen(WatchService notices) {
    try {
      boolean valid = true;
      while (valid) {
        WatchKey key = notices.take();
        boolean journal = false;
        for (WatchEvent<?> event : key.pollEvents()) {
          journal |= !(event.context() instanceof Path name) || isJournal(name.toString());
        }
        if (journal) {
          told.run();
        }
        Thread.sleep(GATHER_MS);
        valid = key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // It is closed.
    }
  }

  private static boolean isJournal(String name) {
    return name.startsWith("story_") && name.endsWith(".jsonl");
  }

  private static void close(@Nullable WatchService service) {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        // Nothing depends on it any more.
      }
    }
  }

  @Override
  public void close() {
    close(service);
  }
}
