package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Health;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.Tombstones;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowReleases;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.store.sql.SqlStore;
import dev.flightlog.stores.sqlite.rollups.CellQuery;
import dev.flightlog.stores.sqlite.rollups.Rollups;
import dev.flightlog.stores.sqlite.search.SearchIndexer;
import dev.flightlog.stores.sqlite.search.WordSearch;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in one SQLite file (WAL), which any SQLite tool may open: the table {@code events}
 * has one row an event.
 *
 * <p>Safe for many threads: one writes at a time, any number read meanwhile. Many processes may
 * read; one may write, from its first append until it closes the store or {@linkplain #giveWay
 * gives way}; another one's append fails within a second as BUSY. Calls go into native code and
 * hold their carrier, so make them on platform threads.
 */
public final class SqliteStore implements SqlStore {
  private static final Duration WAIT_FOR_WRITER = Duration.ofMillis(700);

  private final Path db;
  private final boolean readOnly;
  private final @Nullable Path movedAside;
  private final ReentrantLock writing = new ReentrantLock();
  private final Readers readers;
  private @Nullable Writer writer;
  private volatile boolean loading;
  private volatile boolean closed;

  private final int worthSegment;

  private SqliteStore(Path db, boolean readOnly, @Nullable Path movedAside, int worthSegment) {
    this.db = db;
    this.worthSegment = worthSegment;
    this.readers = new Readers(db);
    this.readOnly = readOnly;
    this.movedAside = movedAside;
  }

  /**
   * Opens the file, makes it when it is not there, and brings its schema up to date. A file that is
   * damaged, which is looked for after an unclean end, is moved aside and a new one begun: see
   * {@link #movedAside()}.
   *
   * @throws StoreException NEWER, REFUSED when it belongs to another program, UNREACHABLE
   */
  public static SqliteStore open(Path db) {
    return open(db, true);
  }

  /**
   * The same.
   *
   * @param indexesWords false when the words of events that are appended are not indexed: a search
   *     then reads these events one by one. Those that are indexed already stay so.
   */
  public static SqliteStore open(Path db, boolean indexesWords) {
    return open(db, indexesWords, _ -> {});
  }

  /**
   * The same.
   *
   * @param told is told, from another thread, that an older file is being brought up to date when
   *     that takes longer than a second: about how long, how far it is, and that it is over
   */
  public static SqliteStore open(Path db, boolean indexesWords, Consumer<String> told) {
    int worth = indexesWords ? SearchIndexer.WORTH : SearchIndexer.NEVER;
    return open(db, worth, Schema.Told.to(told));
  }

  /** The same, with a segment of the index of words for so few rows. */
  static SqliteStore open(Path db, int worthSegment) {
    return open(db, worthSegment, Schema.Told.NOBODY);
  }

  static SqliteStore open(Path db, int worthSegment, Schema.Told told) {
    return new SqliteStore(db, false, Opening.forWriting(db, told), worthSegment);
  }

  /**
   * Opens a file that is there, for everything but appends.
   *
   * @throws StoreException NEWER, UNREACHABLE, DAMAGED
   */
  public static SqliteStore openForReading(Path db) {
    Opening.forReading(db);
    return new SqliteStore(db, true, null, SearchIndexer.WORTH);
  }

  @Override
  public Optional<String> begunAnew() {
    return movedAside()
        .map(aside -> "the index was damaged and is begun anew; the old file is " + aside);
  }

  /** Where a damaged file was put when this store was opened. */
  public Optional<Path> movedAside() {
    return Optional.ofNullable(movedAside);
  }

  @Override
  public Appended append(Append append) {
    return write(w -> w.append(append));
  }

  @Override
  public Forgotten forget(Filter filter) {
    return write(w -> w.forget(filter));
  }

  @Override
  public Released released(long since, long until) {
    return read(ReadRequest.PATIENCE, connection -> ReleasedTable.of(since, until, connection));
  }

  @Override
  public Optional<RowReleases> rowReleases() {
    return Optional.of(new SqliteReleases(this, db));
  }

  @Override
  public void settle() {
    goOn();
    writing.lock();
    try {
      Writer current = writer;
      if (current != null) {
        current.settle();
        loading = current.isLoading();
      }
    } catch (SQLException e) {
      throw writeFailed(e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void giveWay() {
    if (!writing.tryLock()) {
      return;
    }
    try {
      Writer current = writer;
      if (current != null && current.isWanted()) {
        writer = null;
        loading = false;
        current.close();
      }
    } finally {
      writing.unlock();
    }
  }

  /** The next append begins with a connection of its own: nothing that went wrong outlives it. */
  private StoreException writeFailed(SQLException e) {
    StoreException failure = failure(e);
    giveUpWriter();
    return failure;
  }

  private void giveUpWriter() {
    Writer current = writer;
    writer = null;
    loading = false;
    if (current != null) {
      current.abandon();
    }
  }

  interface Write<T> {
    T with(Writer writer) throws SQLException;
  }

  <T> T write(Write<T> work) {
    goOn();
    if (readOnly) {
      throw new StoreException(Kind.REFUSED, db + " was opened for reading only");
    }
    writing.lock();
    try {
      goOn();
      Writer current = writer();
      T result;
      try {
        result = work.with(current);
      } catch (RuntimeException e) {
        giveUpWriter();
        throw e;
      }
      loading = current.isLoading();
      return result;
    } catch (SQLException e) {
      throw writeFailed(e);
    } finally {
      writing.unlock();
    }
  }

  private Writer writer() throws SQLException {
    Writer current = writer;
    return current == null ? opened(WriterLock.take(db, WAIT_FOR_WRITER)) : current;
  }

  private Writer opened(WriterLock lock) throws SQLException {
    readers.closeIdle();
    try {
      Writer fresh = Writer.open(db, lock, worthSegment);
      writer = fresh;
      return fresh;
    } catch (IOException e) {
      throw new StoreException(Kind.UNREACHABLE, db + " cannot be written: " + e, e);
    }
  }

  @Override
  public Map<String, String> marks(String prefix) {
    return loading
        ? write(w -> MarkTable.startingWith(prefix, w.connection()))
        : read(ReadRequest.PATIENCE, connection -> MarkTable.startingWith(prefix, connection));
  }

  @Override
  public Answer read(ReadRequest request) {
    goOn();
    EventSelect select = EventSelect.of(request);
    DatabaseConnection connection = take(request.patience());
    try {
      ResultSet rows = connection.query(select.sql(), select.arguments().toArray());
      Stream<Event> events =
          StreamSupport.stream(new EventSpliterator(rows, connection, this::failure), false)
              .onClose(() -> giveBack(connection, rows));
      return new Answer(events, select.unmet());
    } catch (SQLException e) {
      connection.close();
      throw failure(e);
    }
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    goOn();
    repairOwn();
    return inOneMoment(aggregate.patience(), connection -> CellQuery.run(aggregate, connection));
  }

  @Override
  public SearchAnswer search(Search search, ReadRequest among) {
    among.requireSearchable(search.order());
    if (!readOnly
        && worthSegment != SearchIndexer.NEVER
        && read(among.patience(), WordSearch::waitsForMuch)) {
      indexSome();
    }
    return inOneMoment(among.patience(), connection -> WordSearch.run(search, among, connection));
  }

  /**
   * Puts some of the rows that no segment has into segments, unless another one writes: then that
   * one does it. The search goes on without in any case.
   */
  private void indexSome() {
    if (!writing.tryLock()) {
      return;
    }
    try {
      Writer current = writer;
      if (current == null) {
        WriterLock lock = WriterLock.tryTake(db);
        if (lock == null) {
          return;
        }
        current = opened(lock);
      }
      current.settle();
      loading = current.isLoading();
    } catch (SQLException e) {
      giveUpWriter();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public SearchIndex searchIndex() {
    return inOneMoment(
        ReadRequest.PATIENCE,
        connection -> WordSearch.index(Rollups.events(connection), connection));
  }

  @Override
  public RolledUp rolledUp() {
    return CellQuery.ROLLED_UP;
  }

  @Override
  public Changes changes(Cursor after, Filter filter, int most) {
    if (most <= 0) {
      throw new IllegalArgumentException("at least one change can be asked for, not " + most);
    }
    return inOneMoment(
        ReadRequest.PATIENCE, connection -> Arrivals.behind(after, filter, most, connection));
  }

  @Override
  public Cursor latest() {
    return inOneMoment(ReadRequest.PATIENCE, Arrivals::latest);
  }

  @Override
  public Tombstones tombstones() {
    return inOneMoment(ReadRequest.PATIENCE, TombstoneTable::all);
  }

  /** Reads several times in the state of one moment. */
  private <T> T inOneMoment(Duration patience, Read<T> work) {
    return read(
        patience,
        connection -> {
          connection.run("BEGIN");
          try {
            return work.with(connection);
          } finally {
            connection.run("ROLLBACK");
          }
        });
  }

  /** What this store has made stale it repairs before it looks; what others did it works around. */
  private void repairOwn() {
    if (writing.tryLock()) {
      try {
        Writer current = writer;
        if (current != null && current.isUnsettled()) {
          settle();
        }
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public SqlAnswer sql(String statement, int limit, Duration patience) {
    goOn();
    return read(patience, connection -> SqlStatement.run(statement, limit, connection));
  }

  @Override
  public void price(ModelRates.Source rates) {
    List<Row> calls = aggregate(RateTable.CALLS);
    RateTable wanted = RateTable.of(calls, rates);
    if (!wanted.equals(read(ReadRequest.PATIENCE, RateTable::kept))) {
      write(w -> {
        wanted.keep(w.connection());
        return wanted;
      });
    }
  }

  private interface Read<T> {
    T with(DatabaseConnection connection) throws SQLException;
  }

  private <T> T read(Duration patience, Read<T> work) {
    DatabaseConnection connection = take(patience);
    T result;
    try {
      result = work.with(connection);
    } catch (SQLException e) {
      connection.close();
      throw failure(e);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    readers.giveBack(connection);
    return result;
  }

  private DatabaseConnection take(Duration patience) {
    goOn();
    if (loading) {
      settle();
    }
    try {
      return readers.take(patience);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void giveBack(DatabaseConnection connection, ResultSet rows) {
    try {
      rows.close();
    } catch (SQLException e) {
      connection.close();
      return;
    }
    readers.giveBack(connection);
  }

  private StoreException failure(SQLException e) {
    StoreException failure = Failures.of(e, db);
    if (failure.kind() == Kind.DAMAGED && writing.tryLock()) {
      try {
        Writer current = writer;
        if (current != null) {
          current.damaged();
        } else {
          Opening.suspect(db);
        }
      } finally {
        writing.unlock();
      }
    }
    return failure;
  }

  @Override
  public Health check() {
    if (closed) {
      return new Health(false, db + " was closed", -1, -1, readers.eventsRead());
    }
    try {
      return read(
          ReadRequest.PATIENCE,
          connection ->
              new Health(
                  true,
                  db + " answers",
                  Rollups.events(connection),
                  connection.number("SELECT count(*) FROM set_aside"),
                  readers.eventsRead()));
    } catch (StoreException e) {
      return new Health(false, String.valueOf(e.getMessage()), -1, -1, readers.eventsRead());
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      Writer current = writer;
      writer = null;
      readers.close();
      if (current != null) {
        current.close();
      }
    } finally {
      writing.unlock();
    }
  }

  private void goOn() {
    if (closed) {
      throw new StoreException(Kind.CLOSED, db + " was closed; open it again");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(Kind.STOPPED, "the thread was interrupted");
    }
  }
}
