package dev.flightlog.home.index;

import dev.flightlog.analysis.Freshness;
import dev.flightlog.analysis.Observers;
import dev.flightlog.analysis.Pending;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Rates;
import dev.flightlog.home.Home;
import dev.flightlog.home.duty.RollUps;
import dev.flightlog.home.duty.SessionLearning;
import dev.flightlog.home.hooks.HookSpool;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.sources.Source;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.importer.ImportCounts;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.importer.Importer;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.recorder.Journals;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.store.sql.SqlStore;
import dev.flightlog.tasks.index.TaskIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The index of a home, open: the store, and what feeds it. A damaged database is moved aside and
 * built anew from the journals and the sources that it knew. In a home that cannot be written an
 * index that is there is read as it is. For one thread, but for {@link #takeIn}.
 */
public final class Index implements Freshness, AutoCloseable {
  /** How long a command waits that has to write. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Home home;
  private final EventStore store;
  private final boolean writable;
  private final LeftOut leftOut;
  private final ConfirmedImports imports;

  /** What could not be recovered at the last look; told when it is new. */
  private List<String> toldOfRings = List.of();

  private volatile @Nullable Importer importer;
  private @Nullable Digest digest;

  private Index(Home home, EventStore store, boolean writable) {
    this.home = home;
    this.store = store;
    this.writable = writable;
    this.leftOut = new LeftOut(home);
    this.imports = new ConfirmedImports(home, store, writable);
  }

  /**
   * Opens the index as it is; one that was damaged is built anew.
   *
   * @throws StoreException when it cannot be opened, or a newer version made it
   * @throws HomeException when the home can neither be written nor has an index
   */
  public static Index open(Home home) {
    String address = StoreAddress.of(home);
    if (!home.isWritable()) {
      if (StoreAddress.file(home).filter(file -> !Files.exists(file)).isPresent()) {
        throw new HomeException(
            "there is no index in "
                + home.path()
                + ", and none can be made there: it cannot be written");
      }
      return new Index(home, StoreAddress.openForReading(home, address), false);
    }
    home.folder();
    Index index = at(home, address);
    try {
      index
          .store
          .begunAnew()
          .ifPresent(why -> {
            home.tell(why);
            index.imports.forget();
            Reindex.rebuild(index, index.leftOut);
          });
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** Opens an index in this store. */
  static Index at(Home home, String address) {
    return new Index(home, StoreAddress.open(home, address), true);
  }

  /**
   * Opens the index and takes in what is new, as {@link #takeIn} does; what could not be taken in
   * is told to the home.
   */
  public static Index fresh(Home home) {
    Index index = open(home);
    try {
      index.tell(index.takeIn(SourceIntake.bound(home.settings())));
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /**
   * As {@link #fresh}, and {@linkplain #awaitTurn the writer} of the index, if it can be written.
   */
  public static Index freshInTurn(Home home) {
    Index index = open(home);
    try {
      if (index.writable) {
        index.awaitTurn(PATIENCE);
      }
      index.tell(index.takeIn(SourceIntake.bound(home.settings())));
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** Where the events of this home are kept, for people. */
  public static String place(Home home) {
    return StoreAddress.file(home).map(Path::toString).orElseGet(() -> StoreAddress.of(home));
  }

  /** The folder in which bytes are set aside that are no event. */
  public static Path quarantine(Home home) {
    return home.path().resolve("quarantine");
  }

  public Home home() {
    return home;
  }

  public EventStore store() {
    return store;
  }

  /**
   * Answers one reading statement on the tables of the index.
   *
   * @param patience how long it may take
   * @throws HomeException when the store has no SQL
   */
  public SqlAnswer sql(String statement, int mostRows, Duration patience) {
    if (store instanceof SqlStore asked) {
      priceCalls();
      return asked.sql(statement, mostRows, patience);
    }
    throw new HomeException("the store at " + place(home) + " cannot be asked in SQL");
  }

  /** Prices the view {@code model_calls} by today's table; whoever writes to the index does it. */
  void priceCalls() {
    if (!writable || !(store instanceof SqlStore priced)) {
      return;
    }
    Prices prices = Prices.load(home.file("prices.json"));
    try {
      priced.price((model, billing) -> {
        Rates rates = prices.rates(model, billing);
        return rates == null
            ? null
            : new ModelRates(
                rates.input(),
                rates.output(),
                rates.cacheRead(),
                rates.cacheWrite5m(),
                rates.cacheWrite1h(),
                rates.webSearch());
      });
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.BUSY) {
        throw e;
      }
    }
  }

  /**
   * Becomes the writer of the index until it is closed; waits for another process that writes, and
   * tells the home so. A server gives way within about a second.
   *
   * @throws StoreException BUSY when the other has not ended by then
   */
  public void awaitTurn(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      try {
        store.append(new Append(new EventBatch()));
        return;
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.BUSY || System.nanoTime() - end > 0) {
          throw e;
        }
        if (told) {
          continue;
        }
        told = true;
        home.tell(
            "another Flightlog is writing to the index; waiting for it, at most "
                + patience.toSeconds()
                + " s");
      }
    }
  }

  /** Lets another process write when one waits for it, and nothing is being taken in here. */
  public synchronized void giveWay() {
    store.giveWay();
  }

  /** Tells the home what was left out, each once. */
  ImportListener telling() {
    return leftOut;
  }

  /** Tells the home when rows that somebody asks for may stand in archives. */
  public void tellArchived() {
    Released released = store.released(Long.MIN_VALUE, Long.MAX_VALUE);
    if (released.events() > 0) {
      home.tell(
          released.events()
              + " events up to "
              + Timestamps.text(released.until()).substring(0, 10)
              + (store.rowReleases().isPresent()
                  ? " are archived and not looked at here; to bring a week back: flightlog archive thaw "
                      + Week.of(released.until() - 1)
                  : " are not kept any longer (lifecycle.store_days)"));
    }
  }

  /** What was taken in since this was opened; from any thread. */
  ImportCounts counts() {
    Importer known = importer;
    return known == null ? ImportCounts.NONE : known.counts();
  }

  /** The files in which the events are kept; none when the store is no file. */
  public List<Path> files() {
    return StoreAddress.file(home)
        .map(file -> List.of(file, Path.of(file + "-wal"), Path.of(file + "-shm")))
        .orElse(List.of());
  }

  /** True when there is nothing in it yet. */
  public boolean isEmpty() {
    return store.check().events() == 0;
  }

  /** What brings files into this index. */
  public Importer importer() {
    Importer known = importer;
    if (known == null) {
      known =
          new Importer(store, home.redactor(), quarantine(home))
              .with(new SqliteTaskTables())
              .with(new SqliteDatabases());
      importer = known;
    }
    return known;
  }

  /**
   * Imports, and remembers what was imported, so that it is looked at again; what cannot be
   * imported is not remembered.
   *
   * @throws ImportException when nothing of it can be imported
   */
  public ImportReport importFrom(List<Path> paths, ImportOptions options, ImportListener listener) {
    Sources sources = Sources.of(home);
    Set<Source> added = sources.remember(paths, options);
    try {
      return imports.paths(paths, () -> importer().run(paths, options, listener));
    } catch (ImportException e) {
      sources.forget(added);
      throw e;
    }
  }

  /** Imports a source that is known, and notes what a shared store has of it then. */
  ImportReport importSource(Source source, ImportListener listener) {
    List<Path> paths = List.of(source.path());
    return imports.paths(
        paths, () -> importer().run(paths, source.options(home.importOptions()), listener));
  }

  /**
   * As {@link #importFrom}, and goes on with what is written there from now on, until the thread is
   * interrupted. Blocks.
   *
   * @param told is given the report of every import that found something new, the first one always
   */
  public void follow(
      List<Path> paths,
      ImportOptions options,
      ImportListener listener,
      Consumer<ImportReport> told) {
    Sources sources = Sources.of(home);
    Set<Source> added = sources.remember(paths, options);
    AtomicBoolean begun = new AtomicBoolean();
    try {
      importer()
          .follow(
              paths,
              options,
              listener,
              report -> {
                begun.set(true);
                told.accept(imports.rolledUp(report));
              });
    } catch (ImportException e) {
      if (!begun.get()) {
        sources.forget(added);
      }
      throw e;
    }
  }

  /**
   * Adds up what comes on a thread of its own, as long as it is this process that does so for all
   * who share the store; imports then do not. The caller closes it before this.
   */
  RollUps rollUps() {
    imports.leaveRollUps();
    return new RollUps(store, home).start();
  }

  /**
   * Learns of sessions on a thread of its own, as long as it is this process that does so for all
   * who share the store. The caller closes it before this.
   */
  SessionLearning learning() {
    return new SessionLearning(store, home).start();
  }

  /** Looks at the sessions that changed, so that no question has to wait for it. */
  public void learn(Digest.Progress progress) {
    digest().refresh(progress);
  }

  /** What is learnt of the sessions of this index; one, so that it is learnt once. */
  public Digest digest() {
    Digest known = digest;
    if (known == null) {
      known = Observers.digest(store);
      digest = known;
    }
    return known;
  }

  /** The index of tasks, with every task that the store knows; the caller closes it. */
  public TaskIndex tasks() {
    TaskIndex tasks = TaskIndex.open(home.file("tasks_index.db"));
    try {
      tasks.catchUp(store);
      return tasks;
    } catch (RuntimeException e) {
      tasks.close();
      throw e;
    }
  }

  /** As {@link #takeIn}, our own journals alone; what could not be taken in is told to the home. */
  public void takeInJournals() {
    tell(journals());
  }

  /**
   * Recovers what killed recorders left, then imports our own journals; another writer's turn is
   * waited out. What cannot be taken in costs itself alone.
   */
  List<Pending> journals() {
    if (!writable) {
      return List.of(
          new Pending(
              home.path().toString(),
              "it cannot be written, so that its index is read as it was last brought up to date",
              null));
    }
    new HookSpool(home).takeUp();
    Path folder = home.journals();
    List<String> unrecovered = Journals.recover(folder).problems();
    unrecovered.stream().filter(each -> !toldOfRings.contains(each)).forEach(home::tell);
    toldOfRings = unrecovered;
    JournalFiles.Listed listed = JournalFiles.listed(folder);
    for (Path odd : listed.others()) {
      leftOut.skipped(odd, "it is named like a journal, and is no regular file");
    }
    List<Path> journals = listed.journals();
    return takeIn(journals, home.importOptions().as(Formats.JOURNAL));
  }

  private List<Pending> takeIn(List<Path> journals, ImportOptions options) {
    try {
      imports.journals(journals, () -> importer().run(journals, options, leftOut));
    } catch (ImportException e) {
      if (journals.stream().anyMatch(Files::exists)) {
        home.tell(String.valueOf(e.getMessage()));
      }
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.BUSY) {
        throw e;
      }
      return List.of(
          new Pending(
              "the journals in " + home.path(), "another process is writing to the index", null));
    }
    return List.of();
  }

  private void tell(List<Pending> pending) {
    pending.forEach(each -> home.tell(each.sentence(Reader.COMMAND_LINE)));
  }

  /**
   * Takes in our own journals, and for the bounded time the known sources; safe for many threads,
   * one after the other.
   */
  @Override
  public synchronized List<Pending> takeIn(Duration bound) {
    List<Pending> pending = new ArrayList<>(journals());
    if (writable) {
      pending.addAll(new SourceIntake(this).takeIn(bound));
    }
    return pending;
  }

  /** False when the home cannot be written, and the index is only read. */
  public boolean isWritable() {
    return writable;
  }

  @Override
  public void close() {
    imports.flush();
    store.close();
  }
}
