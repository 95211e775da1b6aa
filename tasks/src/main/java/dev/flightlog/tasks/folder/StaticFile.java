package dev.flightlog.tasks.folder;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.journal.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is one JSON object on one line, and is replaced as a whole: written beside, forced,
 * renamed, and the folder forced. Whoever reads sees the old object or the new one. Stateless.
 */
final class StaticFile {
  /** The end of the name of a file that is not complete yet. */
  static final String UNFINISHED = ".tmp";

  /** More than any such file has; larger ones are something else. */
  private static final long LARGEST = 64L << 20;

  private StaticFile() {}

  static void write(Path file, Map<String, @Nullable Object> object, Redactor redactor)
      throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writeNew(beside, object, redactor);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    force(folderOf(file));
  }

  /** Writes and forces a file that is not there yet. */
  static void writeNew(Path file, Map<String, @Nullable Object> object, Redactor redactor)
      throws IOException {
    byte[] json = redacted(JsonForm.encode(object), redactor);
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Owner.fileAttributes(file))) {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
  }

  private static byte[] redacted(byte[] json, Redactor redactor) {
    RedactionBuffer buffer = new RedactionBuffer();
    return redactor.redact(json, 0, json.length, buffer)
        ? Arrays.copyOf(buffer.array(), buffer.length())
        : json;
  }

  /**
   * The object, or nothing when there is no such file.
   *
   * @throws BrokenTaskException when it is no JSON object; the message names the file
   * @throws IOException when it cannot be read
   */
  @SuppressWarnings("unchecked")
  static Optional<Map<String, @Nullable Object>> read(Path file) throws IOException {
    byte[] json;
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new BrokenTaskException(file + " is no file");
      }
      if (Files.exists(file) && Files.size(file) > LARGEST) {
        throw new BrokenTaskException(file + " has more than " + LARGEST + " bytes");
      }
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonReader reader = new JsonReader().reset(json, 0, json.length);
      if (reader.value() instanceof Map<?, ?> map) {
        reader.finish();
        return Optional.of((Map<String, @Nullable Object>) map);
      }
    } catch (JsonException e) {
      throw new BrokenTaskException(file + " is no JSON: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new BrokenTaskException(file + " cannot be read as JSON: " + e, e);
    }
    throw new BrokenTaskException(file + " is no JSON object");
  }

  /** Makes what was renamed in this folder survive a power cut, where the system can do that. */
  static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static Path folderOf(Path file) {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " has no folder");
    }
    return folder;
  }
}
