package dev.flightlog.lifecycle;

import dev.flightlog.event.Field;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.lifecycle.journals.JournalCleaning;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes a session from index, journals and archives, with its part of every sum; a tombstone
 * keeps it from coming back. First the weeks are taken back that it is archived in, so that their
 * sums can be built anew. Ended anywhere, the same call completes it. For one thread; blocks.
 */
public final class SessionDeletion {
  private final Lifecycle lifecycle;
  private final EventStore store;
  private final JournalCleaning journals;

  SessionDeletion(
      Lifecycle lifecycle, EventStore store, java.nio.file.Path journals, FileOperations files) {
    this.lifecycle = lifecycle;
    this.store = store;
    this.journals = new JournalCleaning(journals, files);
  }

  /**
   * What went.
   *
   * @param events from the index
   * @param journalLines from journals
   * @param archiveLines from archives
   * @param notes a sentence each, for people
   */
  public record Deleted(long events, long journalLines, long archiveLines, List<String> notes) {}

  Deleted delete(String session) {
    List<String> notes = new ArrayList<>();
    List<Week> held = new ArrayList<>();
    List<Week> again = new ArrayList<>();
    for (WeekArchive archive : lifecycle.archives().folder().list()) {
      Week week = archive.week();
      if (lifecycle.archives().holds(week, session)) {
        held.add(week);
        if (store.released(week.since(), week.until()).events() > 0 && takenBack(week, notes)) {
          again.add(week);
        }
      }
    }
    long events = store.forget(Filter.is(Field.SESSION_ID, session)).events();
    long fromJournals = journals.remove(session);
    long fromArchives = 0;
    for (Week week : held) {
      fromArchives += lifecycle.archives().removeSession(week, session);
    }
    again.forEach(lifecycle::releaseAgain);
    return new Deleted(events, fromJournals, fromArchives, List.copyOf(notes));
  }

  private boolean takenBack(Week week, List<String> notes) {
    try {
      lifecycle.takeBack(week);
      return true;
    } catch (StoreException e) {
      notes.add(
          "of "
              + week
              + " only a summary and sums are left, in which its numbers stay: "
              + e.getMessage());
      return false;
    } catch (ArchiveException e) {
      throw new LifecycleException(String.valueOf(e.getMessage()), e);
    }
  }
}
