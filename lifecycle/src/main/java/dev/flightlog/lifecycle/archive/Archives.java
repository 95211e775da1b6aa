package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.files.Sha256;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Adds to and takes from the archives of weeks. Each call rewrites one archive whole, as {@link
 * ArchiveFolder} does; called again with the same, it changes nothing. For one thread; blocks.
 */
public final class Archives {
  private final ArchiveFolder folder;

  public Archives(ArchiveFolder folder) {
    this.folder = folder;
  }

  public ArchiveFolder folder() {
    return folder;
  }

  /** Gives lines of journals that belong to one week. */
  public interface JournalLines {
    /** Hands over every line, without its line feed. */
    void forEach(LineConsumer consumer) throws IOException;
  }

  /** Takes a line. */
  public interface LineConsumer {
    void accept(byte[] line) throws IOException;
  }

  /** Adds those lines of journals that are not in the archive of the week yet, in their order. */
  public void addJournals(Week week, JournalLines added) {
    WeekArchive before = folder.find(week).orElse(null);
    Set<String> known = new HashSet<>();
    boolean[] any = new boolean[1];
    forOwn(before, line -> known.add(key(line)));
    try {
      Set<String> fresh = new HashSet<>(known);
      added.forEach(line -> any[0] |= fresh.add(key(line)));
    } catch (IOException e) {
      throw new ArchiveException("the journals of " + week + " cannot be read: " + e, e);
    }
    if (!any[0]) {
      return;
    }
    folder.write(
        week,
        out -> {
          copy(before, out, true);
          added.forEach(line -> {
            if (known.add(key(line))) {
              out.add(line);
            }
          });
        },
        out -> copy(before, out, false));
  }

  /** Short for a line, and its own for each. */
  private static String key(byte[] line) {
    return Sha256.hex(line).substring(0, 32);
  }

  private void forOwn(@Nullable WeekArchive archive, LineConsumer consumer) {
    if (archive == null) {
      return;
    }
    try (ArchiveReader reader = folder.open(archive.week())) {
      for (long line = 0; line < archive.own(); line++) {
        byte[] bytes = reader.next();
        if (bytes == null) {
          throw new ArchiveException(
              folder.file(archive.week()) + " has fewer lines than were written");
        }
        consumer.accept(bytes);
      }
    } catch (IOException e) {
      throw new ArchiveException(folder.file(archive.week()) + " cannot be read: " + e, e);
    }
  }

  private void copy(@Nullable WeekArchive archive, LineWriter out, boolean own) throws IOException {
    copy(archive, out, own, (line, journal) -> true);
  }

  /** Copies the lines of one part that are to stay. */
  private void copy(
      @Nullable WeekArchive archive,
      LineWriter out,
      boolean own,
      BiPredicate<byte[], Boolean> stays)
      throws IOException {
    if (archive == null) {
      return;
    }
    try (ArchiveReader reader = folder.open(archive.week())) {
      long at = 0;
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        boolean journal = at++ < archive.own();
        if (journal == own && stays.test(line, journal)) {
          out.add(line);
        }
      }
    }
  }

  /** Gives rows of the index, oldest first, as often as it is asked. */
  public interface Rows {
    Iterator<Event> read();
  }

  /**
   * Adds those rows of the index that tell something which is not in the archive of the week yet.
   *
   * @return the ids of all events that stand in the archive now
   */
  public Set<String> addRows(Week week, Rows rows) {
    WeekArchive before = folder.find(week).orElse(null);
    Map<String, Event> known = new HashMap<>();
    if (before != null) {
      try (ArchivedEvents events = new ArchivedEvents(folder, before)) {
        events.forEachRemaining(event -> known.put(event.id(), event));
      }
    }
    Set<String> more = new HashSet<>();
    Set<String> ids = new HashSet<>(known.keySet());
    rows.read()
        .forEachRemaining(row -> {
          Event there = known.get(row.id());
          ids.add(row.id());
          if (there == null || !ArchivedLine.tellsNoMore(row, there)) {
            more.add(row.id());
          }
        });
    if (more.isEmpty()) {
      return ids;
    }
    ArchivedLine lines = new ArchivedLine();
    folder.write(
        week,
        out -> copy(before, out, true),
        out -> {
          copy(
              before,
              out,
              false,
              (line, journal) ->
                  lines.event(line).map(event -> !more.contains(event.id())).orElse(true));
          for (Iterator<Event> all = rows.read(); all.hasNext(); ) {
            Event row = all.next();
            if (more.contains(row.id())) {
              out.add(lines.encode(row));
            }
          }
        });
    return ids;
  }

  /** What the events of a week are given to. */
  public interface EventsConsumer<T> {
    T take(Iterator<Event> events);
  }

  /** Hands over the events of an archive that is there, each once. */
  public <T> T events(Week week, EventsConsumer<T> consumer) {
    WeekArchive archive =
        folder
            .find(week)
            .orElseThrow(() -> new ArchiveException(folder.file(week) + " is not there"));
    try (ArchivedEvents events = new ArchivedEvents(folder, archive)) {
      return consumer.take(events);
    }
  }

  /**
   * Takes out what came from our own journals; what was imported stays.
   *
   * @return how many lines went
   */
  public long removeOwn(Week week) {
    WeekArchive before = folder.find(week).orElse(null);
    if (before == null) {
      return 0;
    }
    ArchivedLine lines = new ArchivedLine();
    Set<String> own = new HashSet<>();
    forOwn(before, line -> lines.event(line).ifPresent(event -> own.add(event.id())));
    return remove(
        before,
        (line, journal) ->
            !journal && lines.event(line).map(event -> !own.contains(event.id())).orElse(true));
  }

  /** Whether an event of this session stands in the archive of a week. */
  public boolean holds(Week week, String session) {
    ArchivedLine lines = new ArchivedLine();
    try (ArchiveReader reader = folder.open(week)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        if (lines
            .anyEvent(line)
            .filter(event -> session.equals(event.text(Field.SESSION_ID)))
            .isPresent()) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Takes out every event of a session.
   *
   * @return how many lines went
   */
  public long removeSession(Week week, String session) {
    WeekArchive before = folder.find(week).orElse(null);
    if (before == null) {
      return 0;
    }
    ArchivedLine lines = new ArchivedLine();
    return remove(
        before,
        (line, journal) ->
            lines
                .anyEvent(line)
                .map(event -> !session.equals(event.text(Field.SESSION_ID)))
                .orElse(true));
  }

  private long remove(WeekArchive before, BiPredicate<byte[], Boolean> stays) {
    long[] kept = new long[1];
    try (ArchiveReader reader = folder.open(before.week())) {
      long at = 0;
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        kept[0] += stays.test(line, at++ < before.own()) ? 1 : 0;
      }
    }
    if (kept[0] == before.lines()) {
      return 0;
    }
    folder.write(
        before.week(),
        out -> copy(before, out, true, stays),
        out -> copy(before, out, false, stays));
    return before.lines() - kept[0];
  }

  /** Hands over all lines of an archive that is there, and whether each is of a journal. */
  public void lines(Week week, LinesConsumer consumer) throws IOException {
    WeekArchive archive =
        folder
            .find(week)
            .orElseThrow(() -> new ArchiveException(folder.file(week) + " is not there"));
    try (ArchiveReader reader = folder.open(week)) {
      long at = 0;
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        consumer.accept(line, at++ < archive.own());
      }
    }
  }

  /** Takes lines of an archive. */
  public interface LinesConsumer {
    void accept(byte[] line, boolean journal) throws IOException;
  }
}
