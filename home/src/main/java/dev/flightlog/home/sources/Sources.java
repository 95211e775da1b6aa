package dev.flightlog.home.sources;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.importer.ImportOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What was ever imported into a home, so that its index can be built anew even when nothing of the
 * database can be read: {@code sources.jsonl}, an object a line with {@code path}, {@code as} and
 * {@code story}. A line that cannot be read costs itself, and is told. For one thread.
 */
public final class Sources {
  private final Home home;
  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private Sources(Home home) {
    this.home = home;
    this.file = home.path().resolve("sources.jsonl");
  }

  public static Sources of(Home home) {
    return new Sources(home);
  }

  /**
   * Remembers these paths.
   *
   * @return those that were not known before
   * @throws HomeException when the file cannot be written
   */
  public Set<Source> remember(List<Path> paths, ImportOptions options) {
    Set<Source> known = all();
    Set<Source> added = new LinkedHashSet<>();
    JsonWriter lines = new JsonWriter();
    for (Path path : paths) {
      Source source =
          new Source(path.toAbsolutePath().normalize(), options.format(), options.story());
      if (known.add(source)) {
        added.add(source);
        append(source, lines);
      }
    }
    if (lines.length() > 0) {
      write(lines);
    }
    return added;
  }

  private static void append(Source source, JsonWriter lines) {
    JsonWriter line = new JsonWriter().beginObject();
    line.key("path").string(source.path().toString());
    line.key("as").string(source.formatName());
    if (source.story() != null) {
      line.key("story").string(source.story());
    }
    line.endObject().append('\n');
    lines.appendRaw(line.bytes(), 0, line.length());
  }

  private void write(JsonWriter lines) {
    try {
      home.folder();
      OwnerOnly.append(file, lines.toByteArray());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Forgets the sources that are this path, or lie below it; what was imported from them stays.
   *
   * @return those that were forgotten
   */
  public List<Source> forget(Path path) {
    Path named = path.toAbsolutePath().normalize();
    return forget(source -> source.path().startsWith(named));
  }

  /** Forgets these. */
  public void forget(Set<Source> sources) {
    forget(sources::contains);
  }

  private List<Source> forget(Predicate<Source> which) {
    List<Source> forgotten = new ArrayList<>();
    JsonWriter kept = new JsonWriter();
    for (Source source : all()) {
      if (which.test(source)) {
        forgotten.add(source);
      } else {
        append(source, kept);
      }
    }
    if (!forgotten.isEmpty()) {
      try {
        AtomicFile.write(file, kept.toByteArray());
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
    return forgotten;
  }

  private HomeException unwritable(IOException e) {
    return new HomeException(
        file + " cannot be written (" + e + "): check the home's permissions and space");
  }

  /**
   * In the order in which they were first imported.
   *
   * @throws HomeException when there is a file that cannot be read
   */
  public Set<Source> all() {
    problems.clear();
    Set<Source> sources = new LinkedHashSet<>();
    byte[] bytes;
    try {
      bytes = RegularFile.read(file);
    } catch (NoSuchFileException e) {
      return sources;
    } catch (IOException e) {
      throw new HomeException(file + " cannot be read (" + e + "): make it readable");
    }
    int number = 0;
    for (int from = 0; from < bytes.length; number++) {
      int to = Lines.end(bytes, from, bytes.length);
      read(bytes, from, to, number + 1, sources);
      from = to + 1;
    }
    return sources;
  }

  /** What could not be read by the last {@link #all}, a sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void read(byte[] bytes, int from, int to, int number, Set<Source> into) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      JsonReader reader = new JsonReader().reset(bytes, from, to);
      if (reader.peek() == JsonReader.Token.END) {
        return;
      }
      if (reader.value() instanceof Map<?, ?> map && map.get("path") instanceof String path) {
        Format format = map.get("as") instanceof String as ? Formats.of(as) : null;
        String story = map.get("story") instanceof String text ? text : null;
        into.add(new Source(Path.of(path), format, story));
        return;
      }
    } catch (JsonException | IllegalArgumentException | CharacterCodingException e) {
      // Told below.
    }
    problems.add(
        file
            + ", line "
            + number
            + ", is no source and is passed over: import it again, and remove the line");
  }
}
