package dev.flightlog.recorder.journal;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One journal, open for appending. Lines go to its end in one write, so that other processes may do
 * the same (on POSIX the system keeps such writes apart). If the file does not end in a line feed,
 * by a torn write of ours or of a process that died, the write begins with one.
 *
 * <p>For one thread.
 */
final class JournalFile implements AutoCloseable {
  private static final int LOOKS_AT_MOVING_END = 20;

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Object fileKey;
  private @Nullable FileChannel reading;
  private long endSeen = -1;
  private volatile boolean dirty;
  private long lastUsed = System.nanoTime();

  private JournalFile(Path path, FileChannel channel, @Nullable Object fileKey) {
    this.path = path;
    this.channel = channel;
    this.fileKey = fileKey;
  }

  static JournalFile open(Path path) throws IOException {
    FileChannel channel =
        OwnerOnly.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      return new JournalFile(path, channel, keyOf(path));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** False when the path no longer leads to this file: somebody removed or replaced it. */
  boolean isStillThere() {
    try {
      return Objects.equals(fileKey, keyOf(path));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return channel.size();
  }

  long lastUsed() {
    return lastUsed;
  }

  /**
   * Appends in one write.
   *
   * @param lines a line feed, kept for the case that a fresh line is needed, then whole lines;
   *     index 0 to limit
   * @return how many bytes of the lines (without that first line feed) are in the file; fewer than
   *     all after a short write
   */
  int append(ByteBuffer lines) throws IOException {
    lastUsed = System.nanoTime();
    int lead = needsFreshLine() ? 1 : 0;
    lines.position(1 - lead);
    long size = endSeen;
    endSeen = -1;
    int written;
    try {
      written = channel.write(lines);
    } finally {
      dirty = true;
    }
    // Another process may have appended in between: then the next look at the size will tell.
    if (!lines.hasRemaining()) {
      endSeen = size + written;
    }
    return Math.max(written - lead, 0);
  }

  /** Looks only when the end is not the one that our own last whole write has left. */
  private boolean needsFreshLine() throws IOException {
    long size = channel.size();
    for (int look = 0; size != endSeen; look++) {
      endSeen = size;
      if (size == 0 || endsALine(size)) {
        return false;
      }
      if (look == LOOKS_AT_MOVING_END) {
        return true;
      }
      // Perhaps the middle of another process's write: a torn line stays, a write goes on.
      LockSupport.parkNanos(50_000);
      size = channel.size();
      if (size == endSeen) {
        return true;
      }
    }
    return false;
  }

  private boolean endsALine(long size) throws IOException {
    if (reading == null) {
      reading = FileChannel.open(path, StandardOpenOption.READ);
    }
    return Lines.beginAt(reading, size);
  }

  boolean isDirty() {
    return dirty;
  }

  /** The channel to force, after which what was appended before survives a power cut. */
  FileChannel toForce() {
    dirty = false;
    return channel;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (reading != null) {
        reading.close();
      }
    }
  }
}
