package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Health;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.ReadRequest.Order;
import dev.flightlog.store.Row;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in one SQLite file (WAL), which any SQLite tool may open: the table {@code events}
 * has one row an event.
 *
 * <p>Safe for many threads: one writes at a time, any number read meanwhile. Many processes may
 * read; one may write, from its first append until it closes the store; another one's append fails
 * within a second as BUSY. Calls go into native code and hold their carrier, so make them on
 * platform threads.
 */
public final class SqliteStore implements EventStore {
  private static final Duration WAIT_FOR_WRITER = Duration.ofMillis(700);
  private static final int IDLE_READERS = 4;

  private final Path db;
  private final boolean readOnly;
  private final @Nullable Path movedAside;
  private final ReentrantLock writing = new ReentrantLock();
  private final Deque<Link> idle = new ArrayDeque<>();
  private @Nullable Writer writer;
  private volatile boolean loading;
  private volatile boolean closed;

  private SqliteStore(Path db, boolean readOnly, @Nullable Path movedAside) {
    this.db = db;
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
    return new SqliteStore(db, false, Opening.forWriting(db));
  }

  /**
   * Opens a file that is there, for everything but appends.
   *
   * @throws StoreException NEWER, UNREACHABLE, DAMAGED
   */
  public static SqliteStore openForReading(Path db) {
    Opening.forReading(db);
    return new SqliteStore(db, true, null);
  }

  /** Where a damaged file was put when this store was opened; then everything must be imported. */
  public Optional<Path> movedAside() {
    return Optional.ofNullable(movedAside);
  }

  @Override
  public Appended append(Append append) {
    return write(w -> w.append(append));
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
      throw failure(e);
    } finally {
      writing.unlock();
    }
  }

  private interface Write<T> {
    T with(Writer writer) throws SQLException;
  }

  private <T> T write(Write<T> work) {
    goOn();
    if (readOnly) {
      throw new StoreException(Kind.REFUSED, db + " was opened for reading only");
    }
    writing.lock();
    try {
      goOn();
      Writer current = writer();
      try {
        return work.with(current);
      } finally {
        loading = current.isLoading();
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      writing.unlock();
    }
  }

  private Writer writer() throws SQLException {
    Writer current = writer;
    if (current == null) {
      closeIdle();
      try {
        current = Writer.open(db, takeLock());
      } catch (IOException e) {
        throw new StoreException(Kind.UNREACHABLE, db + " cannot be written: " + e, e);
      }
      writer = current;
    }
    return current;
  }

  private void closeIdle() {
    synchronized (idle) {
      idle.forEach(Link::close);
      idle.clear();
    }
  }

  private WriterLock takeLock() {
    long end = System.nanoTime() + WAIT_FOR_WRITER.toNanos();
    while (true) {
      WriterLock lock = WriterLock.tryTake(db);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new StoreException(
            Kind.BUSY,
            db + " is being written by another Flightlog; wait until it ends, or stop it");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Override
  public Map<String, String> marks(String prefix) {
    return loading
        ? write(w -> marks(w.link(), prefix))
        : read(ReadRequest.PATIENCE, link -> marks(link, prefix));
  }

  private static Map<String, String> marks(Link link, String prefix) throws SQLException {
    Map<String, String> marks = new TreeMap<>();
    try (ResultSet rows =
        link.query("SELECT key, value FROM marks WHERE key >= ? ORDER BY key", prefix)) {
      while (rows.next() && rows.getString(1).startsWith(prefix)) {
        marks.put(rows.getString(1), rows.getString(2));
      }
    }
    return marks;
  }

  @Override
  public Answer read(ReadRequest request) {
    goOn();
    SqlFilter where = SqlFilter.of(request.filter());
    List<Object> arguments = new ArrayList<>(where.arguments());
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(EventRows.COLUMNS)
            .append(" FROM events WHERE ")
            .append(where.sql());
    boolean oldestFirst = request.order() == Order.OLDEST_FIRST;
    Position after = request.after();
    if (after != null) {
      sql.append(oldestFirst ? " AND (timestamp, event_id) > " : " AND (timestamp, event_id) < ")
          .append("(?, ?)");
      arguments.add(Timestamps.text(after.micros()));
      arguments.add(after.id());
    }
    sql.append(" ORDER BY timestamp").append(oldestFirst ? ", event_id" : " DESC, event_id DESC");
    if (where.unmet().equals(Filter.EVERYTHING) && request.limit() < Long.MAX_VALUE) {
      sql.append(" LIMIT ?");
      arguments.add(request.limit());
    }
    Link link = take(request.patience());
    try {
      ResultSet rows = link.query(sql.toString(), arguments.toArray());
      Stream<Event> events =
          StreamSupport.stream(new EventSpliterator(rows, this::failure), false)
              .onClose(() -> giveBack(link, rows));
      return new Answer(events, where.unmet());
    } catch (SQLException e) {
      giveBack(link, null);
      throw failure(e);
    }
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    goOn();
    repairOwn();
    return read(aggregate.patience(), link -> inOneMoment(aggregate, link));
  }

  private static List<Row> inOneMoment(Aggregate aggregate, Link link) throws SQLException {
    link.run("BEGIN");
    try {
      return CellQuery.run(aggregate, link);
    } finally {
      link.run("ROLLBACK");
    }
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

  /**
   * Answers one reading SQL statement for a person.
   *
   * @throws StoreException REFUSED when it is no single reading statement or SQLite refuses it;
   *     STOPPED when it takes longer than patience
   */
  public SqlAnswer sql(String statement, int limit, Duration patience) {
    goOn();
    return read(patience, link -> SqlAnswer.of(statement, limit, link));
  }

  private interface Read<T> {
    T with(Link link) throws SQLException;
  }

  private <T> T read(Duration patience, Read<T> work) {
    Link link = take(patience);
    try {
      return work.with(link);
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      giveBack(link, null);
    }
  }

  private Link take(Duration patience) {
    goOn();
    if (loading) {
      settle();
    }
    Link link;
    synchronized (idle) {
      link = idle.poll();
    }
    try {
      if (link == null) {
        link = Link.open(db, true);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
    link.patience(patience);
    return link;
  }

  private void giveBack(Link link, @Nullable ResultSet rows) {
    try {
      if (rows != null) {
        rows.close();
      }
    } catch (SQLException e) {
      link.close();
      return;
    }
    synchronized (idle) {
      if (!closed && idle.size() < IDLE_READERS) {
        idle.push(link);
        return;
      }
    }
    link.close();
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
      return new Health(false, db + " was closed", -1, -1);
    }
    try {
      return read(
          ReadRequest.PATIENCE,
          link ->
              new Health(
                  true,
                  db + " answers",
                  Rollups.events(link),
                  link.number("SELECT count(*) FROM set_aside")));
    } catch (StoreException e) {
      return new Health(false, String.valueOf(e.getMessage()), -1, -1);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      Writer current = writer;
      writer = null;
      closeIdle();
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
