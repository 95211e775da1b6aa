package dev.flightlog.cli;

import dev.flightlog.analysis.Observers;
import dev.flightlog.cli.output.Progress;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.Format;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.Importer;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.recorder.Journals;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.tasks.index.TaskIndex;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of a home, open: the store, and what feeds it. A damaged database is moved aside and
 * built anew from the journals and the sources that it knew. For one thread.
 */
final class Index implements AutoCloseable {
  private final Call call;
  private final SqliteStore store;
  private @Nullable Importer importer;
  private @Nullable Digest digest;

  private Index(Call call, SqliteStore store) {
    this.call = call;
    this.store = store;
  }

  /** Opens the index as it is; one that was damaged is built anew. */
  static Index open(Call call) {
    Index index = at(call, file(call));
    Path damaged = index.store.movedAside().orElse(null);
    if (damaged != null) {
      call.console().say("the index was damaged and is built anew; the old file is " + damaged);
      ReindexCommand.rebuild(index, call);
    }
    return index;
  }

  /** Opens an index in this file. */
  static Index at(Call call, Path file) {
    return new Index(call, SqliteStore.open(file));
  }

  /** Opens the index and takes in what is new in our own journals. */
  static Index fresh(Call call) {
    Index index = open(call);
    try {
      index.takeInJournals(ImportListener.NONE);
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  static Path file(Call call) {
    return call.home().resolve("events_index.db");
  }

  static Path quarantine(Call call) {
    return call.home().resolve("quarantine");
  }

  EventStore store() {
    return store;
  }

  /** The store as what it is here, for SQL. */
  SqliteStore sqlite() {
    return store;
  }

  Importer importer() {
    Importer known = importer;
    if (known == null) {
      known = new Importer(store, redactor(call), quarantine(call)).with(new SqliteTaskTables());
      importer = known;
    }
    return known;
  }

  /** Looks at the sessions that changed, so that no question has to wait for it. */
  void learn() {
    Digest known = digest;
    if (known == null) {
      known = Observers.digest(store);
      digest = known;
    }
    try (Progress progress = new Progress(call.console().err(), call.console().terminal())) {
      known.refresh((done, total) -> progress.showCount(done, total, "events looked at"));
    }
  }

  /** The index of tasks, with every task that the store knows; the caller closes it. */
  TaskIndex tasks() {
    TaskIndex tasks = TaskIndex.open(call.home().resolve("tasks_index.db"));
    try {
      tasks.catchUp(store);
      return tasks;
    } catch (RuntimeException e) {
      tasks.close();
      throw e;
    }
  }

  /** Redacts with the key of the home. */
  static Redactor redactor(Call call) {
    try {
      return Redactor.create(RedactionKey.inHome(call.home()));
    } catch (IOException e) {
      throw Failure.failed(
          "the redaction key in "
              + call.home()
              + " cannot be read or made ("
              + e
              + "): check its permissions");
    }
  }

  boolean isEmpty() {
    return store.check().events() == 0;
  }

  /**
   * Recovers what killed recorders left, then imports our own journals; another writer's turn is
   * waited out.
   */
  void takeInJournals(ImportListener listener) {
    Path base = call.basePath();
    for (String problem : Journals.recover(base).problems()) {
      call.console().say(problem);
    }
    List<Path> journals = journals(base);
    if (journals.isEmpty()) {
      return;
    }
    try {
      ImportOptions options = ImportCommand.options(call).as(Format.JOURNAL);
      importer().run(journals, options, listener);
    } catch (ImportException e) {
      call.console().say(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.BUSY) {
        throw e;
      }
      call.console()
          .say(
              "another process is writing to the index; what it has not taken in yet is not in this answer");
    }
  }

  /** Our own journals in this folder. */
  static List<Path> journals(Path base) {
    List<Path> journals = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(base, "story_*.{jsonl,jsonl.gz}")) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          journals.add(file);
        }
      }
    } catch (IOException e) {
      throw Failure.failed(
          "the journals in " + base + " cannot be listed (" + e + "): check its permissions");
    }
    journals.sort(null);
    return journals;
  }

  @Override
  public void close() {
    store.close();
  }
}
