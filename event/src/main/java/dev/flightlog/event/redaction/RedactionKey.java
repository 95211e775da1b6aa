package dev.flightlog.event.redaction;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The secret from which pseudonyms are derived: two redacted values look equal exactly when the
 * secrets were equal under the same key, and nobody without the key can test a guess.
 *
 * <p>Immutable. The key never leaves this package and never appears in {@link #toString()}.
 */
public final class RedactionKey {
  /** Name of the key file in a Flightlog home. */
  public static final String FILE_NAME = "redaction.key";

  private static final int LENGTH = 32;
  private static final long LOCK_PATIENCE_NANOS = 5_000_000_000L;

  private final byte[] bytes;

  private RedactionKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A key from given bytes, for tests and for hosts with their own key store.
   *
   * @throws IllegalArgumentException if there are fewer than 16 bytes
   */
  public static RedactionKey of(byte[] bytes) {
    if (bytes.length < 16) {
      throw new IllegalArgumentException(
          "a redaction key needs at least 16 bytes, got " + bytes.length);
    }
    return new RedactionKey(bytes.clone());
  }

  /**
   * The key of a Flightlog home, made on first use. Threads and processes that arrive together get
   * the same key: only the holder of the file's lock writes it, and a file left short by a crash is
   * written anew because nobody can have used it. Where the file system knows POSIX permissions the
   * file is 0600 and a home made here 0700; elsewhere the permissions of the home hold.
   *
   * <p>Blocks for file access, at most five seconds for another process that is making the key. A
   * pending interrupt is kept and does no harm.
   *
   * @throws IOException if the key can be neither read nor made; the message names the file
   */
  public static RedactionKey inHome(Path home) throws IOException {
    boolean interrupted = Thread.interrupted();
    Path file = home.resolve(FILE_NAME);
    try {
      byte[] existing = readIfComplete(file);
      return new RedactionKey(existing != null ? existing : create(home, file));
    } catch (IOException e) {
      throw new IOException(
          "cannot read or create the redaction key "
              + file
              + " ("
              + e
              + "); make the folder writable or choose another home",
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "RedactionKey[hidden]";
  }

  private static byte @Nullable [] readIfComplete(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) < LENGTH) {
      return null;
    }
    return Files.readAllBytes(file);
  }

  private static byte[] create(Path home, Path file) throws IOException {
    OwnerOnly.createFolder(home);
    try (FileChannel channel =
            OwnerOnly.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      ByteBuffer key = ByteBuffer.allocate(LENGTH);
      if (lock.channel().size() >= LENGTH) {
        ByteBuffer all = ByteBuffer.allocate((int) Math.min(channel.size(), 4096));
        while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {
          // reads on until the file's end
        }
        byte[] read = new byte[all.position()];
        all.flip().get(read);
        return read;
      }
      new SecureRandom().nextBytes(key.array());
      while (key.hasRemaining()) {
        channel.write(key, key.position());
      }
      channel.force(true);
      return key.array();
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException heldByAnotherThreadHere) {
        // the same answer as for another process: try again
      }
      if (System.nanoTime() - start > LOCK_PATIENCE_NANOS) {
        throw new IOException("another process has kept the file locked for five seconds");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
