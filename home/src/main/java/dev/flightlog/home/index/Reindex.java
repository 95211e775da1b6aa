package dev.flightlog.home.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.sources.Source;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.ArchiveFolder;
import dev.flightlog.lifecycle.archive.Archives;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.archive.RowReleases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the index of a home anew beside the old one, from journals and sources; takes over the
 * rows whose source is gone; then puts it in the old one's place. Until that last step the old one
 * stays as it is. Of an old one that is damaged, what can be read is taken over. For one thread.
 */
public final class Reindex {
  private final Home home;
  private final ImportListener listener;

  /**
   * @param listener is told how the imports go on
   */
  public Reindex(Home home, ImportListener listener) {
    this.home = home;
    this.listener = listener;
  }

  /**
   * What it came to.
   *
   * @param events in the new index
   * @param kept of them from the old one, because their source is gone
   */
  public record Result(long events, long kept) {}

  /** Does it all; blocks as long as an import of everything takes. */
  public Result run() throws IOException {
    home.folder();
    Path file =
        StoreAddress.file(home)
            .orElseThrow(() ->
                new HomeException("the store at " + Index.place(home) + " is no file to replace"));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    deleteDatabase(fresh);
    Result result;
    EventStore old = openOld(file);
    try (Index index = Index.at(home, StoreAddress.of(fresh))) {
      if (old != null) {
        entomb(old, index.store());
        takeOverReleased(old, index.store());
      }
      rebuild(index, listener);
      long kept = old == null ? 0 : keepOrphans(old, index.store());
      result = new Result(index.store().check().events(), kept);
    } finally {
      close(old);
    }
    replace(fresh, file);
    deleteDatabase(fresh);
    return result;
  }

  /** What was forgotten in the old index does not come back into the new one. */
  private void entomb(EventStore old, EventStore fresh) {
    try {
      fresh.forget(old.tombstones().filter());
    } catch (StoreException e) {
      tellDamaged(e);
    }
  }

  /** What is archived stays so: its rows in the archives, its sums here. */
  private void takeOverReleased(EventStore old, EventStore fresh) {
    Optional<RowReleases> from = old.rowReleases();
    Optional<RowReleases> to = fresh.rowReleases();
    try {
      if (from.isPresent() && to.isPresent()) {
        to.get().takeOver(from.get());
      }
    } catch (StoreException e) {
      tellDamaged(e);
    }
  }

  /** Imports journals and every source that is still there. */
  static void rebuild(Index index, ImportListener listener) {
    Home home = index.home();
    index.takeInJournals();
    takeInArchives(home, index.store());
    Sources sources = Sources.of(home);
    for (Source source : sources.all()) {
      if (Files.exists(source.path())) {
        try {
          index.importSource(source, listener);
        } catch (ImportException e) {
          home.tell("left out " + source.path() + ": " + e.getMessage());
        }
      }
    }
    sources.problems().forEach(home::tell);
    takeInPreserved(index, listener);
  }

  /** Copies of transcripts whose owner may have deleted them; of others they add nothing. */
  private static void takeInPreserved(Index index, ImportListener listener) {
    Path preserved = index.home().path().resolve("preserved");
    if (Files.isDirectory(preserved)) {
      try {
        index.importer().run(List.of(preserved), index.home().importOptions(), listener);
      } catch (ImportException e) {
        index.home().tell("left out " + preserved + ": " + e.getMessage());
      }
    }
  }

  /** A damaged archive is told, and costs itself. */
  private static void takeInArchives(Home home, EventStore fresh) {
    int most = home.settings().number(Setting.BATCH_SIZE);
    Archives archives = new Archives(new ArchiveFolder(home.archives(), FileOperations.DISK));
    for (WeekArchive archive : archives.folder().list()) {
      try {
        archives.events(
            archive.week(),
            events -> {
              EventBatch batch = new EventBatch();
              while (events.hasNext()) {
                batch.add(EventBatch.Mode.MERGE, events.next());
                if (batch.size() >= most || !events.hasNext()) {
                  fresh.append(new Append(batch));
                  batch.clear();
                }
              }
              return archive.week();
            });
      } catch (ArchiveException e) {
        home.tell(String.valueOf(e.getMessage()));
      }
    }
  }

  private @Nullable EventStore openOld(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    EventStore old = null;
    try {
      old = StoreAddress.open(home, StoreAddress.of(file));
      old.begunAnew().ifPresent(home::tell);
      // An append, even of nothing, makes us its writer: nobody else adds what would be lost here.
      old.append(new Append(new EventBatch()));
      return old;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.DAMAGED) {
        close(old);
        throw e;
      }
      home.tell(
          "the old index is damaged; what can be read of it is taken over: " + e.getMessage());
      return old;
    }
  }

  private void close(@Nullable EventStore old) {
    if (old != null) {
      try {
        old.close();
      } catch (StoreException e) {
        // It is replaced.
      }
    }
  }

  /**
   * An id that the new index has already stays as it is there. Behind a damaged part the rows are
   * reached from the other end.
   */
  private long keepOrphans(EventStore old, EventStore fresh) {
    long before = fresh.check().events();
    Rekeyed known = Rekeyed.of(fresh);
    try {
      copy(old, ReadRequest.oldestFirst(Filter.EVERYTHING), known, fresh);
    } catch (StoreException e) {
      tellDamaged(e);
      try {
        copy(old, ReadRequest.newestFirst(Filter.EVERYTHING), known, fresh);
      } catch (StoreException again) {
        tellDamaged(again);
      }
    }
    fresh.settle();
    return fresh.check().events() - before;
  }

  private void tellDamaged(StoreException e) {
    if (e.kind() != StoreException.Kind.DAMAGED) {
      throw e;
    }
    home.tell("a part of the old index cannot be read; the rest is taken over: " + e.getMessage());
  }

  private void copy(EventStore old, ReadRequest request, Rekeyed known, EventStore fresh) {
    int most = home.settings().number(Setting.BATCH_SIZE);
    EventBatch batch = new EventBatch();
    try (Answer answer = old.read(request)) {
      Iterator<Event> events = answer.events().iterator();
      while (events.hasNext()) {
        Event event = events.next();
        if (!known.has(event)) {
          batch.add(EventBatch.Mode.NEW, event);
        }
        if (batch.size() >= most) {
          fresh.append(new Append(batch));
          batch.clear();
        }
      }
    } finally {
      if (!batch.isEmpty()) {
        fresh.append(new Append(batch));
      }
    }
  }

  private static void replace(Path fresh, Path file) throws IOException {
    for (String suffix : List.of("-wal", "-shm")) {
      Files.deleteIfExists(Path.of(file + suffix));
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void deleteDatabase(Path file) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm", ".lock")) {
      Files.deleteIfExists(Path.of(file + suffix));
    }
  }
}
