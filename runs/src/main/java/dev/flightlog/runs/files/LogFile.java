package dev.flightlog.runs.files;

import dev.flightlog.event.files.OwnerOnly;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One log, to which whole lines are appended, also by several processes at once: each line is one
 * write at the end of the file. When a file is longer than its limit the log goes on in the next,
 * {@code adapter.2.log}; none is ever renamed. It is open only while it is among those written
 * last. Safe for many threads.
 */
final class LogFile {
  private final Path first;
  private final long limit;
  private final OpenFiles open;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable FileOutputStream stream;
  private int part;
  private long length;
  private boolean torn;
  private volatile long used;
  private boolean closed;

  /**
   * @param limit how many bytes a file may have before the next one begins
   */
  LogFile(Path first, long limit, OpenFiles open) {
    this.first = first;
    this.limit = limit;
    this.open = open;
  }

  /**
   * Appends a line, which ends in a line feed; when this returns it survives the end of the
   * process.
   *
   * @return false when the log was closed before
   * @throws IOException when it is not there as a whole; the next line then begins on a fresh one
   */
  boolean append(byte[] line, int count) throws IOException {
    boolean opened;
    turn.lock();
    try {
      if (closed) {
        return false;
      }
      opened = stream == null;
      FileOutputStream out = stream == null ? reopen() : stream;
      if (length > 0 && length + count > limit) {
        out = next();
      }
      if (torn) {
        out.write('\n');
        length++;
        torn = false;
      }
      torn = true;
      out.write(line, 0, count);
      torn = false;
      length += count;
      used = System.nanoTime();
    } catch (IOException e) {
      closeStream();
      throw e;
    } finally {
      turn.unlock();
    }
    if (opened) {
      open.opened(this);
    }
    return true;
  }

  /** When it was written last, by {@link System#nanoTime}. */
  long used() {
    return used;
  }

  private FileOutputStream reopen() throws IOException {
    part = Math.max(part, 1);
    while (true) {
      FileOutputStream out = open(file(part));
      if (length < limit || !Files.exists(file(part + 1))) {
        return out;
      }
      closeStream();
      part++;
    }
  }

  private FileOutputStream next() throws IOException {
    FileOutputStream out;
    do {
      closeStream();
      part++;
      out = open(file(part));
    } while (length >= limit);
    return out;
  }

  /** Opens a file, makes it if need be, and notes how long it is. */
  private FileOutputStream open(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      OwnerOnly.createFolder(folder);
    }
    length = OwnerOnly.createFile(file) ? 0 : Files.size(file);
    // Not a channel: an interrupt of the calling thread would close it for all others.
    FileOutputStream out = new FileOutputStream(file.toFile(), true);
    stream = out;
    return out;
  }

  private Path file(int number) {
    if (number == 1) {
      return first;
    }
    String name = String.valueOf(first.getFileName());
    String stem = name.substring(0, name.length() - ".log".length());
    return first.resolveSibling(stem + "." + number + ".log");
  }

  private void closeStream() {
    FileOutputStream out = stream;
    stream = null;
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        // What was written is written; nothing is buffered here.
      }
    }
  }

  /** Lets go of the file unless somebody writes just now; the next line opens it again. */
  boolean release() {
    if (!turn.tryLock()) {
      return false;
    }
    try {
      closeStream();
      return true;
    } finally {
      turn.unlock();
    }
  }

  /** Ends this log; what comes later is for another object. */
  void close() {
    turn.lock();
    try {
      closed = true;
      closeStream();
    } finally {
      turn.unlock();
    }
    open.closed(this);
  }
}
