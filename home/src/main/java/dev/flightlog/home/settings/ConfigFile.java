package dev.flightlog.home.settings;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.home.paths.HomeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code config.json} of a home. Stateless. */
final class ConfigFile {
  static final String NAME = "config.json";

  private static final int LARGEST = 1 << 20;

  private ConfigFile() {}

  /**
   * What the file holds; empty when there is none. A byte order mark at its beginning, which
   * editors of Windows write, is passed over.
   *
   * @throws HomeException when it cannot be read, or is not one JSON object
   */
  static Map<String, @Nullable Object> read(Path home) {
    Path file = home.resolve(NAME);
    byte[] json;
    try {
      if (Files.isDirectory(home) && Files.exists(file) && Files.size(file) > LARGEST) {
        throw new HomeException(file + " is larger than 1 MiB: it is no file of settings");
      }
      json = RegularFile.read(file);
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        return Map.of();
      }
      throw new HomeException(file + " cannot be read (" + e + "): make it readable, or remove it");
    }
    return parsed(file, json);
  }

  private static Map<String, @Nullable Object> parsed(Path file, byte[] json) {
    int from = 0;
    if (json.length >= 2 && (json[0] & 0xff) + (json[1] & 0xff) == 0xff + 0xfe) {
      throw new HomeException(file + " is written in UTF-16: save it as UTF-8");
    }
    if (json.length >= 3 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb) {
      from = 3;
    }
    Object value;
    try {
      JsonReader reader = new JsonReader().reset(json, from, json.length);
      value = reader.value();
      reader.finish();
    } catch (JsonException e) {
      throw new HomeException(
          file
              + ", line "
              + line(json, e.offset())
              + ": "
              + e.getMessage()
              + "; mend it, or remove the file");
    } catch (NumberFormatException e) {
      throw new HomeException(file + ": it holds a number that is out of any range; mend it");
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new HomeException(
          file + ": settings are one JSON object, such as {\"server\":{\"port\":4281}}");
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    map.forEach((key, inner) -> object.put(String.valueOf(key), inner));
    return object;
  }

  private static int line(byte[] json, int offset) {
    return 1 + Lines.feeds(json, 0, Math.min(offset, json.length));
  }
}
