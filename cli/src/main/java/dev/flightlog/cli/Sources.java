package dev.flightlog.cli;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.importer.Format;
import dev.flightlog.importer.ImportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was ever imported into a home, so that its index can be built anew even when nothing of the
 * database can be read: {@code sources.jsonl}, an object a line with {@code path}, {@code as} and
 * {@code story}. For one thread.
 */
final class Sources {
  private final Path file;

  Sources(Path home) {
    file = home.resolve("sources.jsonl");
  }

  /** One path as it was given to {@code import}. */
  record Source(Path path, Format format, @Nullable String story) {
    ImportOptions options(ImportOptions base) {
      return base.as(format).story(story);
    }
  }

  /** Remembers these paths; failing to costs only the memory. */
  void remember(List<Path> paths, ImportOptions options) {
    Set<Source> known = all();
    JsonWriter lines = new JsonWriter();
    for (Path path : paths) {
      Source source =
          new Source(path.toAbsolutePath().normalize(), options.format(), options.story());
      if (known.add(source)) {
        JsonWriter line = new JsonWriter().beginObject();
        line.key("path").string(source.path.toString()).key("as").string(source.format.wireName());
        if (source.story != null) {
          line.key("story").string(source.story);
        }
        line.endObject().append('\n');
        lines.appendRaw(line.bytes(), 0, line.length());
      }
    }
    if (lines.length() > 0) {
      try {
        boolean fresh = !Files.exists(file);
        Files.write(
            file, lines.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
      } catch (IOException e) {
        throw Failure.failed(
            file + " cannot be written (" + e + "): check the home's permissions and space");
      }
    }
  }

  /** In the order in which they were first imported; a line that cannot be read is passed over. */
  Set<Source> all() {
    Set<Source> sources = new LinkedHashSet<>();
    try {
      // A byte that is no UTF-8 costs its line, whose path does not exist then.
      for (String line :
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
        Source source = read(line);
        if (source != null) {
          sources.add(source);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was imported yet.
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read (" + e + "): make it readable");
    }
    return sources;
  }

  private static @Nullable Source read(String line) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    try {
      if (new JsonReader().reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> map
          && map.get("path") instanceof String path) {
        Format format = map.get("as") instanceof String as ? Format.of(as) : null;
        String story = map.get("story") instanceof String text ? text : null;
        return new Source(Path.of(path), format == null ? Format.AUTO : format, story);
      }
      return null;
    } catch (JsonException | IllegalArgumentException e) {
      return null;
    }
  }
}
