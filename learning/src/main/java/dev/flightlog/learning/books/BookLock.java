package dev.flightlog.learning.books;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps processes, and threads of this one, from changing the rules and trials of a home at the
 * same time: whoever holds it reads the books, decides, and writes. The lock is the system's, so
 * that it goes with its process. Closed by the thread that took it.
 */
public final class BookLock implements AutoCloseable {
  private static final long LOOK_AGAIN_MS = 20;

  private final FileChannel channel;

  private BookLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock; blocks while somebody else has it.
   *
   * @param file made when it is not there; stays
   * @param patience the longest wait
   * @return empty when somebody else has it still
   * @throws InterruptedIOException when the thread is interrupted while it waits
   */
  public static Optional<BookLock> take(Path file, Duration patience) throws IOException {
    FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (tried(channel) == null) {
        if (System.nanoTime() - end >= 0) {
          channel.close();
          return Optional.empty();
        }
        Thread.sleep(LOOK_AGAIN_MS);
      }
      return Optional.of(new BookLock(channel));
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while somebody else changed the rules");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByAnotherThreadHere) {
      return null;
    }
  }

  /** Lets the next one go on. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
