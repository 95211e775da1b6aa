package dev.flightlog.lifecycle;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.lifecycle.LifecycleSettings.Places;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.recorder.Journals;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home with own events in journals and imported ones in the index only, day by day. */
final class AgingHome implements AutoCloseable {
  private final Path folder;
  private final Random random;
  private final EventIds ids = new EventIds();

  /** Every line that was ever written to a journal, by journal. */
  final Map<String, List<String>> journalLines = new TreeMap<>();

  /** Every event that was imported from somebody else. */
  final List<Event> imported = new ArrayList<>();

  private SqliteStore store;

  AgingHome(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
    this.store = SqliteStore.open(folder.resolve("events_index.db"));
  }

  SqliteStore store() {
    return store;
  }

  /** As a process that is killed leaves it, and the next one finds it. */
  void reopen() {
    store.close();
    store = SqliteStore.open(folder.resolve("events_index.db"));
  }

  /** Leaves the index to another process, until {@link #reopen}. */
  void leave() {
    store.close();
  }

  Places places() {
    return new Places(
        folder,
        folder.resolve("archive"),
        folder.resolve("summaries"),
        folder.resolve("lifecycle.json"));
  }

  Lifecycle lifecycle(LifecycleSettings settings, FileOperations files) {
    return new Lifecycle(store, places(), settings, files);
  }

  Lifecycle lifecycle() {
    return lifecycle(LifecycleSettings.DEFAULTS, FileOperations.DISK);
  }

  /** Adds events of one day: recorded ones to journals, others to the index alone. */
  void day(Instant day, int own, int others, int textLength) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < own; i++) {
      Event event = event(day, i, textLength);
      String story = String.valueOf(event.text(Field.STORY_ID));
      String name = Journals.fileName(story, event.micros());
      JsonWriter json = new JsonWriter();
      EventLine.encode(event, json);
      append(name, json.toString());
      batch.add(Mode.NEW, event);
    }
    for (int i = 0; i < others; i++) {
      Event event =
          event(day, i, textLength).toBuilder()
              .set(Field.ID, EventIds.ofKey("tool_call:" + day + i + random.nextLong()))
              .set(Field.SESSION_ID, "other-" + day.getEpochSecond() / 86_400)
              .set(Field.SOURCE, "{\"file\":\"/t.jsonl\",\"offset\":" + i + ",\"length\":9}")
              .build();
      imported.add(event);
      batch.add(Mode.MERGE, event);
    }
    store.append(new Append(batch));
  }

  private void append(String name, String line) {
    journalLines.computeIfAbsent(name, any -> new ArrayList<>()).add(line);
    try {
      Files.writeString(
          folder.resolve(name),
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Event event(Instant day, int number, int textLength) {
    long time = Timestamps.of(day) + (9 + number % 4) * 3_600_000_000L + number * 1_000L;
    byte[] id = new byte[EventIds.LENGTH];
    ids.next(time / 1000, id, 0);
    boolean failed = random.nextInt(6) == 0;
    return Event.builder(
            new String(id, StandardCharsets.US_ASCII),
            Timestamps.instant(time),
            "tool_call",
            failed ? Category.ERROR : Category.EXECUTION)
        .set(Field.STORY_ID, number % 3 == 0 ? "1.1" : "1.2")
        .set(Field.SESSION_ID, "own-" + time / Timestamps.DAY)
        .set(Field.DURATION_MS, (long) random.nextInt(9_000))
        .set(Field.SUCCESS, !failed)
        .details(
            Map.of(
                "tool",
                "T" + number % 4,
                "output",
                Long.toHexString(random.nextLong()).repeat(Math.max(1, textLength / 16)),
                "error_type",
                failed ? "timeout" : "none"))
        .build();
  }

  /** What sums tell: it must not change, however old the events become. */
  List<List<Row>> sums() {
    List<List<Row>> answers = new ArrayList<>();
    Aggregate all =
        Aggregate.of(
            Filter.EVERYTHING,
            Measure.count(),
            Measure.count(Filter.is(Field.SUCCESS, false)),
            Measure.sum(Attribute.of(Field.DURATION_MS)),
            Measure.distinct(Attribute.of(Field.SESSION_ID)));
    answers.add(store.aggregate(all));
    answers.add(store.aggregate(all.by(Field.STORY_ID)));
    answers.add(store.aggregate(all.by(Dimension.detail("error_type"))));
    answers.add(store.aggregate(all.by(Dimension.by(Dimension.Span.DAY))));
    return answers;
  }

  List<Event> rows() {
    try (Answer answer = store.read(ReadRequest.oldestFirst(Filter.EVERYTHING))) {
      return answer.events().toList();
    }
  }

  /** Journals that still are there. */
  List<String> journals() {
    return names("story_");
  }

  private List<String> names(String beginning) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(beginning))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all files below a folder of the home. */
  List<String> files(String below) {
    Path place = folder.resolve(below);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(place)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    store.close();
  }
}
