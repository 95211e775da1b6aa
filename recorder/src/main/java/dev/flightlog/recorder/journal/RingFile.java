package dev.flightlog.recorder.journal;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The file behind a ring. Its owner keeps it locked; so a file that can be locked is of a process
 * that has gone. It is filled with real zeros before use: a hole would turn a full disk into a
 * fault of the processor.
 *
 * <p>Closing any channel of a file gives up the process's POSIX locks on it, so a process must
 * never open its own ring twice: the first part of the name is a word of the process, the same for
 * all class loaders.
 */
final class RingFile implements AutoCloseable {
  static final String FOLDER = ".ring";
  static final String SUFFIX = ".ring";
  static final String UNFINISHED = ".new";

  /** The ring takes at most this part of the space that is left. */
  private static final int SHARE = 8;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PROCESS_PROPERTY = "dev.flightlog.recorder.process";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private final Ring ring;

  private RingFile(Path path, FileChannel channel, FileLock lock, Ring ring) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
    this.ring = ring;
  }

  /** True for the files of rings of this process, which it must not open again. */
  static boolean isOurs(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().startsWith(processWord());
  }

  private static String processWord() {
    System.getProperties().putIfAbsent(PROCESS_PROPERTY, word());
    return String.valueOf(System.getProperties().get(PROCESS_PROPERTY));
  }

  private static String word() {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * Makes a ring file in the folder, smaller when space is short, or answers null when none can be
   * made.
   */
  static @Nullable RingFile create(Path basePath, int capacity) {
    Path folder = basePath.resolve(FOLDER);
    for (int size = capacity; size >= Ring.SMALLEST; size /= 4) {
      try {
        OwnerOnly.createFolder(basePath);
        OwnerOnly.createFolder(folder);
        if (Files.getFileStore(folder).getUsableSpace() / SHARE >= size) {
          return make(folder.resolve(processWord() + "-" + word()), size);
        }
      } catch (IOException | RuntimeException | InternalError e) {
        // Smaller, or in memory: the caller's durability says which of them it was.
      }
    }
    return null;
  }

  private static RingFile make(Path stem, int capacity) throws IOException {
    Path unfinished = stem.resolveSibling(stem.getFileName() + UNFINISHED);
    Path path = stem.resolveSibling(stem.getFileName() + SUFFIX);
    FileChannel channel =
        OwnerOnly.open(
            unfinished,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process has locked " + unfinished);
      }
      int size = Ring.HEADER + capacity;
      ByteBuffer zeros = ByteBuffer.allocateDirect(64 * 1024);
      for (long at = 0; at < size; at += channel.write(zeros, at)) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
      }
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
      Ring ring = Ring.fresh(bytes, capacity);
      Files.move(unfinished, path);
      return new RingFile(path, channel, lock, ring);
    } catch (IOException | RuntimeException | InternalError e) {
      channel.close();
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  Ring ring() {
    return ring;
  }

  /**
   * Gives the file up: removes it when the ring is empty, else leaves it to be recovered by the
   * next recorder.
   */
  @Override
  public void close() throws IOException {
    boolean empty = ring.isEmpty();
    Path left = path.resolveSibling(word() + "-" + word() + SUFFIX);
    try (channel) {
      lock.release();
    } finally {
      // Where a mapped file can be neither removed nor renamed, a later process does it.
      if (empty) {
        Files.deleteIfExists(path);
      } else {
        Files.move(path, left);
      }
    }
  }
}
