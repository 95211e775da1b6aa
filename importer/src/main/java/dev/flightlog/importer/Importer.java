package dev.flightlog.importer;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileMark;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import dev.flightlog.importer.bytes.FileMarks;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings files into a store, each line exactly once, however often and in whatever order they are
 * imported, and wherever an import was killed: the position in a file is committed with the rows
 * read from it, and an event's id comes from what the event is, not from the file it was met in.
 *
 * <p>Reads on as many threads as there are processors and stores on the caller's, in the order of
 * the files; memory is bounded whatever the files hold. One import at a time an importer; blocks
 * until done, and stops early with {@link ImportException} when its thread is interrupted. Bad
 * paths fail with {@link ImportException}, the store with {@link StoreException}; then everything
 * committed so far is kept, and the next import goes on from there.
 */
public final class Importer {
  static final String MARKS = FileMarks.PREFIX;
  private final EventStore store;
  private final Redactor redactor;
  private final Path quarantine;
  private final Clock clock;
  private final TaskTables tables;
  private final Databases databases;
  private final FileMarks marks;
  private volatile ImportCounts counts = ImportCounts.NONE;

  /**
   * @param quarantine the folder for bytes that are no event; made when it is needed
   */
  public Importer(EventStore store, Redactor redactor, Path quarantine) {
    this(store, redactor, quarantine, Clock.systemUTC(), TaskTables.NONE, Databases.NONE);
  }

  Importer(
      EventStore store,
      Redactor redactor,
      Path quarantine,
      Clock clock,
      TaskTables tables,
      Databases databases) {
    this.store = store;
    this.redactor = redactor;
    this.quarantine = quarantine.toAbsolutePath().normalize();
    this.clock = clock;
    this.tables = tables;
    this.databases = databases;
    this.marks = new FileMarks(store, redactor);
  }

  /** The same, able to read {@link Formats#TASK_DB}. */
  public Importer with(TaskTables reader) {
    return new Importer(store, redactor, quarantine, clock, reader, databases);
  }

  /** The same, able to read the databases of other programs. */
  public Importer with(Databases reader) {
    return new Importer(store, redactor, quarantine, clock, tables, reader);
  }

  /** Imports files and folders. */
  public ImportReport run(List<Path> paths, ImportOptions options, ImportListener listener) {
    long start = System.nanoTime();
    LeftOut left = new LeftOut(listener);
    List<Found> found = new FileFinder(options.format(), quarantine, left).find(paths);
    marks.begin();
    List<Portion.Job> jobs = new ArrayList<>();
    long known = 0;
    for (Found file : found) {
      try {
        known += plan(file, options, jobs, left);
      } catch (StoreException storesFault) {
        throw storesFault;
      } catch (IOException | RuntimeException e) {
        String reason = JobReader.reason(e);
        if (paths.size() == 1 && file.named()) {
          throw e instanceof ImportException told
              ? told
              : new ImportException("Cannot read " + file.path() + ": " + reason + ".");
        }
        left.skipped(file.path(), reason);
      }
    }
    if (known + jobs.size() == 0) {
      throw nothingKnown(paths, found);
    }
    ImportTotals totals = new ImportTotals();
    Appended appended = Appended.NOTHING;
    if (!jobs.isEmpty()) {
      appended = feed(jobs, options, listener, left, totals);
      store.settle();
    }
    left.end(paths.getFirst());
    new LeftOutMarks(store, redactor, marks::name).remember(left, found);
    ImportReport report =
        new ImportReport(
            known + jobs.size(),
            totals.lines,
            appended.inserted(),
            appended.merged() + appended.unchanged(),
            totals.quarantined,
            totals.sessions.size(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
            totals.unknown,
            totals.unknownKinds,
            totals.strangeFields,
            left.count());
    counts = counts.plus(report);
    return report;
  }

  /** What this importer has done until now; from any thread. */
  public ImportCounts counts() {
    return counts;
  }

  /**
   * How many records of each kind no reader knows, by format and kind, over all files that were
   * imported into this store.
   */
  public static Map<String, Long> unknownKinds(EventStore store) {
    return counts(store, FileMark::unknown);
  }

  /** The same of fields that are not known of their record, by format, record and name. */
  public static Map<String, Long> strangeFields(EventStore store) {
    return counts(store, FileMark::strange);
  }

  /** How many files this store has a position of. */
  public static int files(EventStore store) {
    return store.marks(MARKS).size();
  }

  /** The files that were left out and still are, with the reason, by path. */
  public static Map<String, String> leftOut(EventStore store) {
    return LeftOutMarks.of(store);
  }

  private static Map<String, Long> counts(
      EventStore store, Function<FileMark, Map<String, Long>> what) {
    Map<String, Long> all = new TreeMap<>();
    for (String encoded : store.marks(MARKS).values()) {
      FileMark mark = FileMark.decode(encoded);
      if (mark != null) {
        what.apply(mark)
            .forEach(
                (name, count) -> all.merge(mark.format().name() + ": " + name, count, Long::sum));
      }
    }
    return all;
  }

  /**
   * Imports, and goes on importing what is added to these files and folders, until the thread is
   * interrupted. New files, growth, truncation and rotation are noticed at once where the system
   * tells of them, else within a second. What cannot be read, or written to the store, is told once
   * and tried again, also at the first look. Blocks.
   *
   * @param told is given the report of every import that found something new, the first one always
   */
  public void follow(
      List<Path> paths,
      ImportOptions options,
      ImportListener listener,
      Consumer<ImportReport> told) {
    boolean first = true;
    String away = "";
    try (Watcher watcher = new Watcher(paths)) {
      do {
        try {
          ImportReport report = run(paths, options, listener);
          away = "";
          if (first || report.lines() > 0 || report.quarantined() > 0) {
            told.accept(report);
          }
          first = false;
        } catch (ImportException | StoreException notNow) {
          if (Thread.currentThread().isInterrupted() || isLasting(notNow)) {
            throw notNow;
          }
          String reason = String.valueOf(notNow.getMessage());
          if (!reason.equals(away)) {
            listener.skipped(paths.getFirst(), reason + " It is tried again.");
          }
          away = reason;
          watcher.again(paths);
        }
      } while (watcher.await());
    }
  }

  /** True for a fault of the store that waiting does not mend. */
  private static boolean isLasting(RuntimeException fault) {
    return fault instanceof StoreException store && !store.worthRetrying();
  }

  /** Plans the reading of a file; answers 1 when it is known and has not changed. */
  private int plan(Found file, ImportOptions options, List<Portion.Job> jobs, LeftOut left)
      throws IOException {
    Stamp stamp = FileState.stamp(file);
    if (marks.isWhole(file.path(), stamp, options.format())) {
      return 1;
    }
    FileMark mark = marks.of(file.path());
    boolean wanted =
        mark != null && (options.format() == null || options.format() == mark.format());
    boolean same = mark != null && wanted && mark.stamp().equals(stamp);
    boolean pending = mark != null && mark.pending();
    if (mark != null && same && !pending) {
      marks.whole(file.path(), mark);
      return 1;
    }
    boolean closed = FileState.isClosed(file, clock);
    if (same && !closed) {
      return 1;
    }
    if (!file.named() && FoundFormats.isCopy(file.path())) {
      return 0;
    }
    Format format =
        options.format() == null ? new FoundFormats(databases).of(file) : options.format();
    if (format != null) {
      jobs.add(new Portion.Job(file, format, stamp, closed, wanted ? mark : null));
    } else if (file.named() && file.attributes().size() > 0) {
      throw new ImportException(
          "Nothing known was found in "
              + file.path()
              + ". Tell what it holds with --as ("
              + Formats.names()
              + ").");
    } else if (file.attributes().size() > 0 && !FoundFormats.isCompanion(file.path())) {
      left.unknown(file.path());
    }
    return 0;
  }

  private Appended feed(
      List<Portion.Job> jobs,
      ImportOptions options,
      ImportListener listener,
      LeftOut left,
      ImportTotals totals) {
    Prices prices = Prices.load(options.prices());
    for (String problem : prices.problems()) {
      left.told(Objects.requireNonNull(options.prices()), problem);
    }
    Projects projects = new Projects(options.projects());
    ReaderSettings settings = settings(options, prices, projects);
    long total = jobs.stream().mapToLong(Portion.Job::size).sum();
    List<Portion> portions = Portion.of(jobs);
    Appended appended;
    try (Quarantine aside = new Quarantine(quarantine, redactor)) {
      JobReader reader = new JobReader(settings, aside, tables, databases, jobs.size());
      appended =
          new ReadingThreads(portions, reader::read)
              .pump(store, done -> listener.progress(Math.min(done, total), total));
    } catch (IOException e) {
      throw new ImportException("The import failed: " + e);
    }
    for (Portion portion : portions) {
      totals.add(portion.totals());
      portion.skipped().forEach(left::skipped);
    }
    return appended;
  }

  private ReaderSettings settings(ImportOptions options, Prices prices, Projects projects) {
    int kept =
        switch (options.capture()) {
          case FULL -> ReaderSettings.EVERYTHING;
          case HEAD -> options.keptBytes();
          case NONE -> 0;
        };
    return new ReaderSettings(redactor, options.story(), kept, prices, projects);
  }

  private static ImportException nothingKnown(List<Path> paths, List<Found> found) {
    String where = paths.size() == 1 ? paths.getFirst().toString() : "these paths";
    return new ImportException(
        found.isEmpty()
            ? "There are no JSONL files in " + where + ". Check the path."
            : "Nothing known was found in "
                + where
                + " ("
                + found.size()
                + (found.size() == 1 ? " file" : " files")
                + "). Tell what it holds with --as.");
  }
}
