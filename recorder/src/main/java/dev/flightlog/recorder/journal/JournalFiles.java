package dev.flightlog.recorder.journal;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The journals of one folder that are open: few, the ones used last. For one thread, except {@link
 * #takeDirty} and {@link #takeUnforced}.
 */
final class JournalFiles implements AutoCloseable {
  private static final int MOST_OPEN = 32;
  private static final long IDLE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 100_000_000L;

  private final Path folder;
  private final Map<String, JournalFile> open = new LinkedHashMap<>(64, 0.75f, true);
  private final Set<Path> unforced = new LinkedHashSet<>();
  private long lastLook = System.nanoTime();

  JournalFiles(Path folder) {
    this.folder = folder;
  }

  /** True for {@code story_….jsonl} in the letters that a journal's name may have. */
  static boolean isJournalName(String name) {
    if (!name.startsWith("story_") || !name.endsWith(".jsonl")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isSafe(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** True for the characters that stand for themselves in a file name. */
  static boolean isSafe(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  synchronized JournalFile get(String name) throws IOException {
    JournalFile file = open.get(name);
    if (file != null && !file.isOpen()) {
      // An interrupt of the other thread has closed it.
      drop(name);
      file = null;
    }
    if (file == null) {
      OwnerOnly.createFolder(folder);
      closeEldest();
      file = JournalFile.open(folder.resolve(name));
      open.put(name, file);
    }
    return file;
  }

  private void closeEldest() {
    if (open.size() >= MOST_OPEN) {
      Iterator<JournalFile> eldest = open.values().iterator();
      JournalFile file = eldest.next();
      eldest.remove();
      giveUp(file);
    }
  }

  /** Closes what was not used for a minute, and what is no longer where its path says. */
  synchronized void lookAround() {
    long now = System.nanoTime();
    if (now - lastLook < LOOK_NANOS) {
      return;
    }
    lastLook = now;
    for (Iterator<JournalFile> files = open.values().iterator(); files.hasNext(); ) {
      JournalFile file = files.next();
      if (now - file.lastUsed() > IDLE_NANOS || !file.isStillThere()) {
        files.remove();
        giveUp(file);
      }
    }
  }

  /** Closes a journal after a fault, so that the next use opens it anew. */
  synchronized void drop(String name) {
    JournalFile file = open.remove(name);
    if (file != null) {
      giveUp(file);
    }
  }

  /** Closes without waiting for the disk; the bytes are forced through another channel later. */
  private void giveUp(JournalFile file) {
    if (file.isDirty()) {
      unforced.add(file.path());
    }
    try {
      file.close();
    } catch (IOException e) {
      // What is in the file stays there.
    }
  }

  private static void close(JournalFile file) throws IOException {
    try (file) {
      if (file.isDirty()) {
        file.toForce().force(false);
      }
    }
  }

  /** The journals that were closed with bytes that no force has covered yet; from any thread. */
  synchronized List<Path> takeUnforced() {
    List<Path> paths = List.copyOf(unforced);
    unforced.clear();
    return paths;
  }

  /** The open journals with bytes that no force has covered yet; from any thread. */
  synchronized List<JournalFile> takeDirty() {
    List<JournalFile> dirty = new ArrayList<>();
    for (JournalFile file : open.values()) {
      if (file.isDirty()) {
        dirty.add(file);
      }
    }
    return dirty;
  }

  @Override
  public synchronized void close() throws IOException {
    IOException first = null;
    for (JournalFile file : open.values()) {
      try {
        close(file);
      } catch (IOException e) {
        first = e;
      }
    }
    open.clear();
    if (first != null) {
      throw first;
    }
  }
}
