package dev.flightlog.lifecycle.journals;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.Archives;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Tombstones;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Moves journals of past days into the archives of their weeks.
 *
 * <p>A journal is first renamed into a folder of its own, so that a recorder which comes back to
 * that day begins a new file. Then its events are appended to the store (which knows them already,
 * unless something went wrong), its lines are added to the archives and read back, and at last it
 * is deleted, if it has not grown since. Ended anywhere, the next call goes on. For one thread.
 */
public final class JournalMover {
  private static final String ASIDE = ".archiving";

  /** A recorder looks every 100 ms whether the file that it holds is still the one of that name. */
  private static final long RECORDER_LOOKS_MILLIS = 250;

  private static final int BATCH_EVENTS = 5_000;
  private static final int BATCH_BYTES = 8 << 20;

  private final EventStore store;
  private final Path folder;
  private final Archives archives;
  private final FileOperations files;
  private final JournalLines lines = new JournalLines();

  public JournalMover(EventStore store, Path folder, Archives archives, FileOperations files) {
    this.store = store;
    this.folder = folder;
    this.archives = archives;
    this.files = files;
  }

  /** How many bytes the journals of each day take, those on their way included. */
  public TreeMap<LocalDate, Long> bytesByDay() {
    TreeMap<LocalDate, Long> bytes = new TreeMap<>();
    try {
      for (Path place : List.of(folder, folder.resolve(ASIDE))) {
        for (JournalName journal : in(place)) {
          bytes.merge(journal.day(), Files.size(journal.file()), Long::sum);
        }
      }
    } catch (IOException e) {
      throw cannotList(e);
    }
    return bytes;
  }

  /** How many journals are of days before this one; adds their weeks. */
  public long due(LocalDate before, Set<Week> weeks) {
    long journals = 0;
    for (Path place : List.of(folder, folder.resolve(ASIDE))) {
      for (JournalName journal : in(place)) {
        if (journal.day().isBefore(before) || !place.equals(folder)) {
          journals++;
          weeks.add(Week.of(journal.day()));
        }
      }
    }
    return journals;
  }

  private ArchiveException cannotList(Exception e) {
    return new ArchiveException("the journals in " + folder + " cannot be listed: " + e, e);
  }

  private List<JournalName> in(Path place) {
    List<JournalName> found = new ArrayList<>();
    if (!Files.isDirectory(place)) {
      return found;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(place, "story_*")) {
      for (Path file : all) {
        if (Files.isRegularFile(file)) {
          JournalName.of(file).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw cannotList(e);
    }
    found.sort(
        Comparator.comparing(JournalName::day).thenComparing(name -> name.file().toString()));
    return found;
  }

  /**
   * What became of journals.
   *
   * @param journals how many were moved
   * @param weeks into the archives of which
   */
  public record Moved(int journals, Set<Week> weeks) {}

  /** Moves the journals of all days before this one. */
  public Moved move(LocalDate before) {
    Set<Week> weeks = new TreeSet<>();
    try {
      int journals = process(in(folder.resolve(ASIDE)), false, weeks);
      List<JournalName> due =
          in(folder).stream().filter(journal -> journal.day().isBefore(before)).toList();
      if (!due.isEmpty()) {
        files.createFolder(folder.resolve(ASIDE));
        boolean fresh = false;
        for (JournalName journal : due) {
          fresh |= isFresh(journal.file());
          files.rename(journal.file(), aside(journal));
        }
        journals += process(in(folder.resolve(ASIDE)), fresh, weeks);
      }
      return new Moved(journals, weeks);
    } catch (IOException e) {
      throw new ArchiveException("the journals in " + folder + " cannot be moved: " + e, e);
    }
  }

  private Path aside(JournalName journal) {
    return folder.resolve(ASIDE).resolve(String.valueOf(journal.file().getFileName()));
  }

  /** Whether a recorder may still hold it open. */
  private static boolean isFresh(Path file) throws IOException {
    return System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis() < 120_000;
  }

  private int process(List<JournalName> journals, boolean fresh, Set<Week> weeks)
      throws IOException {
    if (journals.isEmpty()) {
      return 0;
    }
    if (fresh) {
      LockSupport.parkNanos(RECORDER_LOOKS_MILLIS * 1_000_000);
    }
    TreeMap<Week, List<JournalName>> byWeek = new TreeMap<>();
    for (JournalName journal : journals) {
      byWeek.computeIfAbsent(Week.of(journal.day()), week -> new ArrayList<>()).add(journal);
    }
    Tombstones forgotten = store.tombstones();
    for (Map.Entry<Week, List<JournalName>> each : byWeek.entrySet()) {
      Map<Path, Long> read = new HashMap<>();
      do {
        read.clear();
        Set<Week> found = takeIn(each.getKey(), each.getValue(), forgotten, read);
        for (Week week : found) {
          archives.addJournals(week, out -> ofWeek(week, each.getValue(), forgotten, out));
        }
        weeks.addAll(found);
      } while (hasGrown(read));
      for (JournalName journal : each.getValue()) {
        files.delete(journal.file());
      }
    }
    files.delete(folder.resolve(ASIDE));
    return journals.size();
  }

  private static boolean hasGrown(Map<Path, Long> read) throws IOException {
    for (Map.Entry<Path, Long> journal : read.entrySet()) {
      if (Files.size(journal.getKey()) != journal.getValue()) {
        return true;
      }
    }
    return false;
  }

  /** Appends the events to the store, and answers in which weeks they lie. */
  private Set<Week> takeIn(
      Week week, List<JournalName> journals, Tombstones forgotten, Map<Path, Long> read)
      throws IOException {
    Set<Week> weeks = new TreeSet<>();
    EventBatch batch = new EventBatch();
    for (JournalName journal : journals) {
      long size =
          lines.forEach(
              journal.file(),
              (line, event) -> {
                if (event == null) {
                  weeks.add(week);
                } else if (!forgotten.covers(event)) {
                  weeks.add(Week.of(event.micros()));
                  if (!event.id().isEmpty()) {
                    batch.add(Mode.NEW, event);
                  }
                }
                if (batch.size() >= BATCH_EVENTS || batch.byteSize() >= BATCH_BYTES) {
                  store.append(new Append(batch));
                  batch.clear();
                }
              });
      read.put(journal.file(), size);
    }
    if (!batch.isEmpty()) {
      store.append(new Append(batch));
    }
    return weeks;
  }

  private void ofWeek(
      Week week, List<JournalName> journals, Tombstones forgotten, Archives.LineConsumer out)
      throws IOException {
    for (JournalName journal : journals) {
      Week own = Week.of(journal.day());
      lines.forEach(
          journal.file(),
          (line, event) -> {
            if (belongs(week, own, event, forgotten)) {
              out.accept(line);
            }
          });
    }
  }

  private static boolean belongs(Week week, Week own, @Nullable Event event, Tombstones forgotten) {
    return event == null
        ? week.equals(own)
        : week.equals(Week.of(event.micros())) && !forgotten.covers(event);
  }
}
