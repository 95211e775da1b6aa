package dev.flightlog.tasks.folder;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The streams of old tasks, compressed as {@code 02-webhook-flow.jsonl.gz}; who reads one is given
 * an unpacked copy that is hidden beside the task folders, and removed after an hour. Stateless;
 * blocks.
 */
final class PackedStreams {
  private static final String UNPACKED = TaskFolders.HIDDEN + "unpacked-";

  private PackedStreams() {}

  private static Path packed(Path stream) {
    return stream.resolveSibling(stream.getFileName() + ".gz");
  }

  private static boolean isThere(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Compresses a stream; the plain one goes when the other was forced and read back. */
  static void pack(Path stream) throws IOException {
    if (!isThere(stream)) {
      return;
    }
    Path fresh =
        stream.resolveSibling(
            TaskFolders.HIDDEN + stream.getFileName() + "." + UUID.randomUUID() + ".gz");
    try {
      try (FileChannel channel =
              OwnerOnly.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new GZIPOutputStream(Channels.newOutputStream(channel))) {
        Files.copy(stream, out);
      }
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      try (InputStream plain = Files.newInputStream(stream);
          InputStream again = new GZIPInputStream(Files.newInputStream(fresh))) {
        if (!isEqual(plain, again)) {
          throw new IOException(stream + " does not read as it was compressed");
        }
      }
      Files.move(fresh, packed(stream), StandardCopyOption.ATOMIC_MOVE);
      AtomicFile.forceFolder(AtomicFile.folderOf(stream));
      Files.delete(stream);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static boolean isEqual(InputStream one, InputStream other) throws IOException {
    byte[] first = one.readNBytes(1 << 16);
    while (first.length > 0) {
      if (!java.util.Arrays.equals(first, other.readNBytes(first.length))) {
        return false;
      }
      first = one.readNBytes(1 << 16);
    }
    return other.read() < 0;
  }

  /** Makes a compressed stream plain again, so that it can be appended to. */
  static void unpack(Path stream) throws IOException {
    Path packed = packed(stream);
    if (isThere(stream) || !isThere(packed)) {
      return;
    }
    copy(packed, stream);
    Files.delete(packed);
  }

  /**
   * A plain file with the bytes of a stream that may be compressed.
   *
   * @param beside the folder of all task folders
   */
  static Path readable(Path stream, Path beside) throws IOException {
    Path packed = packed(stream);
    if (isThere(stream) || !isThere(packed)) {
      return stream;
    }
    Path copy =
        beside.resolve(
            UNPACKED + AtomicFile.folderOf(stream).getFileName() + "-" + stream.getFileName());
    if (!isThere(copy)) {
      copy(packed, copy);
    }
    return copy;
  }

  private static void copy(Path packed, Path to) throws IOException {
    Path fresh = to.resolveSibling(UNPACKED + UUID.randomUUID() + AtomicFile.UNFINISHED);
    try {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed));
          OutputStream out =
              Channels.newOutputStream(
                  OwnerOnly.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        in.transferTo(out);
      }
      Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Removes copies that nobody asked for since then. */
  static void removeCopies(Path beside, Instant before) throws IOException {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(beside, UNPACKED + "*")) {
      for (Path copy : copies) {
        if (isThere(copy) && Files.getLastModifiedTime(copy).toInstant().isBefore(before)) {
          Files.deleteIfExists(copy);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
