package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.Event;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of an archive, each once: as the index knew them where it knew more than the journal.
 * For one thread; to be closed.
 */
final class ArchivedEvents implements Iterator<Event>, AutoCloseable {
  private final ArchiveReader reader;
  private final ArchivedLine lines = new ArchivedLine();
  private final Set<String> later;
  private final Set<String> seen = new HashSet<>();
  private final long own;
  private long at;
  private @Nullable Event next;

  ArchivedEvents(ArchiveFolder folder, WeekArchive archive) {
    own = archive.own();
    later = rows(folder, archive);
    reader = folder.open(archive.week());
    next = find();
  }

  private Set<String> rows(ArchiveFolder folder, WeekArchive archive) {
    Set<String> ids = new HashSet<>();
    try (ArchiveReader all = folder.open(archive.week())) {
      long line = 0;
      for (byte[] bytes = all.next(); bytes != null; bytes = all.next()) {
        if (line++ >= own) {
          lines.event(bytes).ifPresent(event -> ids.add(event.id()));
        }
      }
    }
    return ids;
  }

  private @Nullable Event find() {
    for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
      boolean journal = at++ < own;
      Optional<Event> event = journal ? lines.event(bytes) : lines.row(bytes);
      if (event.isPresent()
          && !(journal && later.contains(event.get().id()))
          && seen.add(event.get().id())) {
        return event.get();
      }
    }
    return null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Event next() {
    Event event = next;
    if (event == null) {
      throw new NoSuchElementException();
    }
    next = find();
    return event;
  }

  @Override
  public void close() {
    reader.close();
  }
}
