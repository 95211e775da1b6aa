package dev.flightlog.cli.runs;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.files.FileTree;
import dev.flightlog.home.Home;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.Importer;
import dev.flightlog.runs.PastRun;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trajectories of other programs as runs: each session of a file is one. What is there already is
 * left as it is, so that importing again changes nothing.
 */
final class ImportedRuns {
  private static final long A_SECOND = 1_000_000;

  private final Home home;
  private final Path root;
  private final @Nullable String framework;
  private final Consumer<String> messages;
  private final Set<String> madeNow = new HashSet<>();
  private long made;
  private long known;
  private long withoutRuns;

  /**
   * @param framework the name of all runs; null for the name of the folder of each file
   * @param messages is told what was left out
   */
  ImportedRuns(Home home, Path root, @Nullable String framework, Consumer<String> messages) {
    this.home = home;
    this.root = root;
    this.framework = framework;
    this.messages = messages;
  }

  long made() {
    return made;
  }

  long known() {
    return known;
  }

  /** How many files held nothing of which a run could be made. */
  long withoutRuns() {
    return withoutRuns;
  }

  void add(Path file, ImportOptions options) throws IOException {
    Path quarantine = Files.createTempDirectory("flightlog-run-import");
    try (MemoryStore store = new MemoryStore()) {
      new Importer(store, home.redactor(), quarantine)
          .run(
              List.of(file),
              options,
              new ImportListener() {
                @Override
                public void progress(long doneBytes, long totalBytes) {
                  // A file is quick.
                }

                @Override
                public void skipped(Path left, String reason) {
                  messages.accept("left out " + left + ": " + reason);
                }
              });
      Map<String, List<Event>> sessions = new LinkedHashMap<>();
      try (Answer answer = store.read(ReadRequest.oldestFirst(Filter.EVERYTHING))) {
        answer
            .events()
            .forEach(event ->
                sessions
                    .computeIfAbsent(
                        orEmpty(event.text(Field.SESSION_ID)), any -> new java.util.ArrayList<>())
                    .add(event));
      }
      if (sessions.isEmpty()) {
        withoutRuns++;
        messages.accept(file + " holds no events of which a run could be made");
      }
      for (Map.Entry<String, List<Event>> session : sessions.entrySet()) {
        add(file, session.getKey(), session.getValue());
      }
    } catch (ImportException e) {
      withoutRuns++;
      messages.accept("left out " + file + ": " + e.getMessage());
    } finally {
      FileTree.delete(quarantine);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void add(Path file, String session, List<Event> events) throws IOException {
    String name = String.valueOf(file.getFileName());
    Path folder = file.toAbsolutePath().getParent();
    String of =
        framework != null
            ? framework
            : folder == null ? "imported" : String.valueOf(folder.getFileName());
    String id = session.isEmpty() ? name : session;
    if (PastRun.exists(root, of, id) && madeNow.contains(of + "/" + id)) {
      // Another file tells of the same session, in its own way.
      id = id + " (" + name + ")";
    }
    if (PastRun.exists(root, of, id)) {
      known++;
      return;
    }
    madeNow.add(of + "/" + id);
    long first = events.getFirst().micros();
    long last = events.getLast().micros();
    boolean untimed = events.size() > 2 && last - first < A_SECOND;
    try (PastRun run = PastRun.begin(root, of, id, first, untimed, home.redactor())) {
      TreeMap<Long, long[]> steps = new TreeMap<>();
      boolean succeeded = true;
      for (Event event : events) {
        Long told = event.integer(Field.STEP);
        long step = told == null || told < 0 || told > 999_999_999 ? RunFolder.NO_STEP : told;
        EventEntry.write(event, step, run);
        succeeded &= !isFailedEnd(event);
        if (step != RunFolder.NO_STEP) {
          long[] span = steps.computeIfAbsent(step, any -> new long[] {event.micros(), 0, 0});
          span[1] = event.micros();
          span[2] |= event.eventType().equals(EventTypes.ERROR) ? 1 : 0;
        }
      }
      steps.forEach((number, span) -> run.step(number, span[0], span[1], span[2] == 0));
      run.end(last, succeeded);
      made++;
    }
  }

  private static boolean isFailedEnd(Event event) {
    return (event.eventType().equals(EventTypes.TASK_OUTCOME)
            || event.eventType().equals(EventTypes.AGENT_FINISHED))
        && Boolean.FALSE.equals(event.flag(Field.SUCCESS));
  }
}
