package dev.flightlog.cli;

import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.cli.words.Syntax;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code reindex}: builds the index anew beside the old one, from journals and sources; takes over
 * the rows whose source is gone; then puts it in the old one's place. Until that last step the old
 * one stays as it is.
 */
final class ReindexCommand implements Command {
  private static final int BATCH = 5_000;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "reindex",
            "Build the index anew from the journals and all that was ever imported; keep what has no source any more.")
        .example("flightlog reindex");
  }

  @Override
  public int run(Call call) throws IOException {
    Path file = Index.file(call);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    deleteDatabase(fresh);
    long kept = 0;
    long events;
    try (SqliteStore old = openOld(file, call);
        Index index = Index.at(call, fresh)) {
      if (old != null) {
        // An append, even of nothing, makes us its writer: nobody else adds what would be lost
        // here.
        old.append(new Append(new EventBatch()));
      }
      rebuild(index, call);
      if (old != null) {
        kept = keepOrphans(old, index.store());
      }
      events = index.store().check().events();
    }
    replace(fresh, file);
    deleteDatabase(fresh);
    if (call.format() == Format.TEXT) {
      call.console()
          .out()
          .println(
              Table.count(events, "event")
                  + " in the new index; "
                  + Table.count(kept, "event")
                  + " of them from the old one, because their source is gone");
    } else {
      JsonWriter json = new JsonWriter().beginObject();
      call.console()
          .out()
          .println(json.key("events").number(events).key("kept").number(kept).endObject());
    }
    call.console().out().flush();
    return Failure.OK;
  }

  /** Imports journals and every source that is still there. */
  static void rebuild(Index index, Call call) {
    index.takeInJournals(ImportListener.NONE);
    for (Sources.Source source : new Sources(call.home()).all()) {
      if (!Files.exists(source.path())) {
        continue;
      }
      try {
        ImportCommand.importInto(
            index, List.of(source.path()), source.options(ImportCommand.options(call)), call);
      } catch (ImportException e) {
        call.console().say("left out " + source.path() + ": " + e.getMessage());
      }
    }
  }

  private static @Nullable SqliteStore openOld(Path file, Call call) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      SqliteStore old = SqliteStore.open(file);
      old.movedAside()
          .ifPresent(aside -> call.console().say("the old index was damaged; it is now " + aside));
      return old;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.DAMAGED) {
        throw e;
      }
      call.console()
          .say("the old index cannot be read, nothing is taken over from it: " + e.getMessage());
      return null;
    }
  }

  /** An id that the new index has already stays as it is there. */
  private static long keepOrphans(EventStore old, EventStore fresh) {
    long kept = 0;
    EventBatch batch = new EventBatch();
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    try (Answer answer = old.read(all)) {
      Iterator<Event> events = answer.events().iterator();
      while (events.hasNext()) {
        batch.add(EventBatch.Mode.NEW, events.next());
        if (batch.size() == BATCH || !events.hasNext()) {
          kept += fresh.append(new Append(batch)).inserted();
          batch.clear();
        }
      }
    }
    fresh.settle();
    return kept;
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
