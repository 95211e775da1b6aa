package dev.flightlog.tasks.folder;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is one JSON object on one line, and is replaced as a whole ({@link AtomicFile}).
 * Stateless.
 */
final class StaticFile {
  /** More than any such file has; larger ones are something else. */
  private static final long LARGEST = 64L << 20;

  private StaticFile() {}

  static void write(Path file, Map<String, @Nullable Object> object, Redactor redactor)
      throws IOException {
    AtomicFile.write(file, line(object, redactor));
  }

  /** Writes and forces a file that is not there yet. */
  static void writeNew(Path file, Map<String, @Nullable Object> object, Redactor redactor)
      throws IOException {
    AtomicFile.writeNew(file, line(object, redactor));
  }

  private static byte[] line(Map<String, @Nullable Object> object, Redactor redactor) {
    byte[] json = redacted(JsonForm.encode(object), redactor);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
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
}
