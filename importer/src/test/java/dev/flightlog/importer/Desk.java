package dev.flightlog.importer;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a test of the importer needs: a home, a store, and a look at what is in them. */
final class Desk {
  /** A key for tests only. */
  static final RedactionKey KEY = RedactionKey.of(new byte[32]);

  final Path home;
  final EventStore store;
  final Path quarantine;
  final List<String> skipped = new ArrayList<>();
  Clock clock = Clock.systemUTC();
  ImportOptions options = ImportOptions.defaults();
  TaskTables tables = TaskTables.NONE;

  Desk(Path home) {
    this(home, new MemoryStore());
  }

  Desk(Path home, EventStore store) {
    this.home = home;
    this.store = store;
    this.quarantine = home.resolve("quarantine");
  }

  /** A folder or file of the test resources. */
  static Path sample(String name) {
    try {
      return Path.of(Objects.requireNonNull(Desk.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Desk at(String time) {
    clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    return this;
  }

  Desk with(ImportOptions other) {
    options = other;
    return this;
  }

  ImportReport run(Path... paths) {
    ImportListener listener =
        new ImportListener() {
          @Override
          public void skipped(Path file, String reason) {
            skipped.add(file.getFileName() + ": " + reason);
          }
        };
    return importer().run(List.of(paths), options, listener);
  }

  Importer importer() {
    return new Importer(store, Redactor.create(KEY), quarantine, clock, tables, Databases.NONE);
  }

  List<Event> events() {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    return store.read(all).finish(all);
  }

  List<Event> events(String type) {
    return events().stream().filter(event -> event.eventType().equals(type)).toList();
  }

  Event only(String type) {
    List<Event> found = events(type);
    if (found.size() != 1) {
      throw new AssertionError("not one " + type + " but " + found.size());
    }
    return found.getFirst();
  }

  /** Everything that is kept, but for where it was read. */
  Map<String, Map<String, String>> content() {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (Event event : events()) {
      Map<String, String> fields = new TreeMap<>();
      for (int i = 0; i < Field.count(); i++) {
        Field field = Field.at(i);
        Object value = field == Field.DETAILS ? event.details() : event.get(field);
        if (value != null && field != Field.SOURCE) {
          fields.put(field.wireName(), canonical(value));
        }
      }
      all.put(event.id(), fields);
    }
    return all;
  }

  /** What differs between two contents, field by field, at most ten lines of it. */
  static List<String> difference(
      Map<String, Map<String, String>> left, Map<String, Map<String, String>> right) {
    List<String> different = new ArrayList<>();
    Set<String> ids = new TreeSet<>(left.keySet());
    ids.addAll(right.keySet());
    for (String id : ids) {
      Map<String, String> a = left.getOrDefault(id, Map.of());
      Map<String, String> b = right.getOrDefault(id, Map.of());
      Set<String> fields = new TreeSet<>(a.keySet());
      fields.addAll(b.keySet());
      for (String field : fields) {
        if (!Objects.equals(a.get(field), b.get(field)) && different.size() < 10) {
          different.add(
              a.getOrDefault("event_type", b.getOrDefault("event_type", ""))
                  + " "
                  + field
                  + ": "
                  + a.get(field)
                  + " <> "
                  + b.get(field));
        }
      }
    }
    return different;
  }

  private static String canonical(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, inner) -> sorted.put(String.valueOf(key), String.valueOf(inner)));
      return sorted.toString();
    }
    return value.toString();
  }

  /** The lines of all quarantine files. */
  List<String> setAside() {
    if (!Files.isDirectory(quarantine)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(quarantine)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path file(String name, byte[] bytes) {
    try {
      Path path = home.resolve("in").resolve(name);
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      return Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A journal line with this number as its message. */
  static String line(int number) {
    return "{\"timestamp\":\"2026-01-01T00:00:%02d.000000+00:00\",\"event_type\":\"note\",\"details\":{\"n\":%d}}"
            .formatted(number % 60, number)
        + "\n";
  }

  static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(line(i));
    }
    return text.toString();
  }

  /** The numbers of the journal lines that are kept, in order, with repetition. */
  List<Integer> numbers() {
    return events("note").stream()
        .map(event -> Integer.valueOf(String.valueOf(event.details().get("n"))))
        .sorted()
        .toList();
  }
}
