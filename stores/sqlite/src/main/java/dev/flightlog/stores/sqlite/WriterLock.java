package dev.flightlog.stores.sqlite;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one store in one process write, and tells whether the one before ended well. The operating
 * system frees the lock when its process dies. The file beside the database holds one byte: {@code
 * w} while someone writes, {@code -} after a good end. Locked are bytes behind it: one by who
 * writes, the next by who waits first, so that the writer can see that somebody waits.
 */
final class WriterLock implements AutoCloseable {
  private static final int WRITING = 'w';
  private static final int ENDED = '-';
  private static final long WRITER = 1;
  private static final long FIRST_IN_LINE = 2;

  private final FileChannel channel;
  private final FileLock lock;

  private WriterLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static Path fileOf(Path db) {
    return db.resolveSibling(db.getFileName() + ".lock");
  }

  /** Takes the lock; waits for another one so long, then fails as BUSY. */
  static WriterLock take(Path db, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    FileChannel channel = open(db);
    boolean taken = false;
    FileLock waiting = null;
    try {
      while (true) {
        FileLock lock = tryLock(channel, WRITER);
        if (lock != null) {
          taken = true;
          return new WriterLock(channel, lock);
        }
        if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
          throw new StoreException(
              Kind.BUSY,
              db + " is being written by another Flightlog; wait until it ends, or stop it");
        }
        waiting = waiting == null ? tryLock(channel, FIRST_IN_LINE) : waiting;
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException e) {
      throw unwritable(db, e);
    } finally {
      release(waiting);
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

  /** Takes the lock, or answers null when another one has it. Does not wait. */
  static @Nullable WriterLock tryTake(Path db) {
    FileChannel channel = open(db);
    try {
      FileLock lock = tryLock(channel, WRITER);
      if (lock == null) {
        channel.close();
        return null;
      }
      return new WriterLock(channel, lock);
    } catch (IOException e) {
      closeQuietly(channel);
      throw unwritable(db, e);
    }
  }

  private static FileChannel open(Path db) {
    try {
      OwnerOnly.createFile(fileOf(db));
      return FileChannel.open(fileOf(db), StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unwritable(db, e);
    }
  }

  /** Null when another process has it, or another store in this one. */
  private static @Nullable FileLock tryLock(FileChannel channel, long place) throws IOException {
    try {
      return channel.tryLock(place, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static StoreException unwritable(Path db, IOException e) {
    return new StoreException(
        Kind.UNREACHABLE, fileOf(db) + " cannot be written; check the folder's rights", e);
  }

  /** True when another store waits for this lock. Does not block. */
  boolean isWanted() {
    try {
      FileLock free = tryLock(channel, FIRST_IN_LINE);
      release(free);
      return free == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static void release(@Nullable FileLock lock) {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      // It ends with its channel, or the process at the latest.
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It ends with the process at the latest.
    }
  }

  /** True when the writer before died or met damage. */
  boolean endedBadly() throws IOException {
    ByteBuffer state = ByteBuffer.allocate(1);
    return channel.read(state, 0) == 1 && state.get(0) == WRITING;
  }

  void writing() throws IOException {
    mark(WRITING);
  }

  void ended() throws IOException {
    mark(ENDED);
  }

  private void mark(int state) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {(byte) state}), 0);
  }

  @Override
  public void close() {
    release(lock);
    closeQuietly(channel);
  }
}
