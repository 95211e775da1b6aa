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
 * w} while someone writes, {@code -} after a good end.
 */
final class WriterLock implements AutoCloseable {
  private static final int WRITING = 'w';
  private static final int ENDED = '-';

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
    while (true) {
      WriterLock lock = tryTake(db);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new StoreException(
            Kind.BUSY,
            db + " is being written by another Flightlog; wait until it ends, or stop it");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Takes the lock, or answers null when another one has it. Does not wait. */
  static @Nullable WriterLock tryTake(Path db) {
    try {
      OwnerOnly.createFile(fileOf(db));
      FileChannel channel =
          FileChannel.open(fileOf(db), StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock(1, 1, false);
      } catch (OverlappingFileLockException e) {
        // Another store in this process has it.
      }
      if (lock == null) {
        channel.close();
        return null;
      }
      return new WriterLock(channel, lock);
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNREACHABLE, fileOf(db) + " cannot be written; check the folder's rights", e);
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
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    }
  }
}
