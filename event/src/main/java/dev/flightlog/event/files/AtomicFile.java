package dev.flightlog.event.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file as a whole: written beside, forced, renamed, and the folder forced. Whoever reads
 * sees the old bytes or the new ones, also after a power cut; a failure leaves the old ones. Files
 * are for their owner only. Stateless; blocks for file access.
 */
public final class AtomicFile {
  /** The end of the name of a file that is not complete yet. */
  public static final String UNFINISHED = ".tmp";

  private AtomicFile() {}

  /** Puts the bytes in the place of the file, which need not be there; its folder must be. */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path beside =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      writeNew(beside, bytes);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    forceFolder(folderOf(file));
  }

  /** Writes and forces a file that is not there yet. */
  public static void writeNew(Path file, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    try (FileChannel channel =
        OwnerOnly.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /** Makes what was renamed in this folder survive a power cut, where the system can do that. */
  public static void forceFolder(Path folder) throws IOException {
    if (OwnerOnly.hasPosix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** The folder that holds the file. */
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " has no folder");
    }
    return folder;
  }
}
