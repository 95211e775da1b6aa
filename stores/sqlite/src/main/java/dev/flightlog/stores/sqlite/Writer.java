package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.sqlite.rollups.HeldSums;
import dev.flightlog.stores.sqlite.search.SearchIndexer;
import dev.flightlog.stores.sqlite.sql.BatchNumbers;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.TextNumbers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Puts batches into the file, each in one transaction with its marks and its roll-ups.
 *
 * <p>Nearly all rows are new, and go the quick way: as one {@link BatchImage}. A join of that image
 * with the events tells which ids are kept already; these, ids met twice in the batch, and later
 * parts go the slow way, one by one and in their order, where {@link Merge} decides.
 *
 * <p>The first load of an empty file has a way of its own, until something is asked or an id comes
 * twice: no indexes, which are built at its end, and a rollback journal instead of the WAL, because
 * pages that are only added need not be written twice. A process that dies in it leaves a file that
 * is whole; after a power cut it may not be, which is found at the next opening.
 *
 * <p>There is at most one in all processes, by {@link WriterLock}. Not safe for several threads.
 */
final class Writer implements AutoCloseable {
  static final String INSERT =
      "INSERT INTO event_rows (" + EventRows.COLUMNS + ", id) VALUES (" + marks() + ", ?)";
  private static final String SET_ASIDE =
      "INSERT OR REPLACE INTO set_aside (" + EventRows.COLUMNS + ") VALUES (" + marks() + ")";

  /** An event that changes gets a new row number: see {@link Arrivals}. */
  private static final String UPDATE =
      "UPDATE event_rows SET ("
          + EventRows.COLUMNS
          + ", id) = ("
          + marks()
          + ", ?) WHERE event_id = ?";

  private static final String INSERT_ALL =
      "INSERT INTO main.event_rows SELECT * FROM batch.event_rows";

  /** A batch of fewer rows is not worth another thread. */
  private static final int FEW = 256;

  private static final BitSet NO_ROWS = new BitSet();

  private final DatabaseConnection connection;
  private final WriterLock lock;
  private final BatchImage image;
  private final TextNumbers texts;
  private final BatchNumbers numbers;
  private final HeldSums sums;
  private final TombstoneTable tombs;
  private final ReleasedTable released;
  private final SearchIndexer search;
  private final BatchIds ids = new BatchIds();
  private final EventBatch one = new EventBatch();
  private final Map<String, Event> known = new HashMap<>();
  private long lastRow;
  private String greatestId = "";
  private long waiting;
  private boolean hasEvents;
  private boolean damaged;
  private @Nullable SeenIds firstLoad;

  private Writer(DatabaseConnection connection, WriterLock lock, int worthSegment)
      throws SQLException {
    this.connection = connection;
    this.lock = lock;
    String createTable = connection.text("SELECT sql FROM sqlite_schema WHERE name = 'event_rows'");
    this.image = new BatchImage(createTable == null ? "" : createTable, Schema.columns(connection));
    this.texts = new TextNumbers(connection);
    this.numbers = new BatchNumbers(texts);
    this.sums = new HeldSums(connection, texts);
    this.tombs = new TombstoneTable(connection);
    this.released = new ReleasedTable(connection, texts);
    this.search = new SearchIndexer(connection, worthSegment);
  }

  /** Takes over the lock, also when this fails. */
  static Writer open(Path db, WriterLock lock, int worthSegment) throws SQLException, IOException {
    DatabaseConnection connection = null;
    try {
      connection = DatabaseConnection.open(db, false);
      return open(connection, lock, worthSegment);
    } catch (SQLException | IOException | RuntimeException e) {
      if (connection != null) {
        connection.close();
      }
      lock.close();
      throw e;
    }
  }

  /** Takes over the connection and the lock. */
  static Writer open(DatabaseConnection connection, WriterLock lock, int worthSegment)
      throws SQLException, IOException {
    connection.run("ATTACH ':memory:' AS batch");
    Writer writer = new Writer(connection, lock, worthSegment);
    writer.reload();
    if (!writer.hasEvents && writer.waiting == 0) {
      writer.beginFirstLoad();
    } else {
      writer.endFirstLoad();
    }
    lock.writing();
    return writer;
  }

  private static String marks() {
    return "?" + ", ?".repeat(Field.count() - 1);
  }

  private void beginFirstLoad() throws SQLException {
    firstLoad = new SeenIds();
    boolean alone = journalMode("TRUNCATE");
    connection.run("PRAGMA synchronous = " + (alone ? "OFF" : "NORMAL"));
  }

  /** Another connection may prevent it; then the load goes through the WAL, and is only slower. */
  private boolean journalMode(String mode) throws SQLException {
    connection.run("PRAGMA busy_timeout = 0");
    try {
      connection.run("PRAGMA main.journal_mode = " + mode);
      return true;
    } catch (SQLException e) {
      if (Failures.kindOf(e) == Kind.OVERLOADED) {
        return false;
      }
      throw e;
    } finally {
      connection.run("PRAGMA busy_timeout = 5000");
    }
  }

  private void endFirstLoad() throws SQLException {
    boolean loaded = firstLoad != null;
    connection.run("PRAGMA threads = 2");
    for (String index : Schema.statements("indexes.sql")) {
      connection.run(index);
    }
    connection.run("PRAGMA synchronous = NORMAL");
    journalMode("WAL");
    connection.run("PRAGMA wal_autocheckpoint = 4000");
    if (loaded) {
      // Writes the file to the disk once.
      connection.run("PRAGMA main.wal_checkpoint(TRUNCATE)");
    }
    firstLoad = null;
  }

  private void reload() throws SQLException {
    lastRow = Arrivals.last(connection);
    hasEvents = connection.number("SELECT EXISTS (SELECT 1 FROM event_rows)") > 0;
    String greatest = connection.text("SELECT max(event_id) FROM event_rows");
    greatestId = greatest == null ? "" : greatest;
    waiting = connection.number("SELECT count(*) FROM set_aside");
    search.reload(lastRow);
  }

  Appended append(Append append) throws SQLException {
    EventBatch batch = append.events();
    BitSet slow = ids.notFirst(batch);
    boolean quick = slow.cardinality() < batch.size();
    if (firstLoad != null && (!slow.isEmpty() || !firstLoad.addAll(ids, batch.size()))) {
      endFirstLoad();
    }
    Appended appended;
    search.scan(batch, slow, lastRow);
    try {
      if (quick) {
        handOver(batch, slow);
      }
      appended =
          connection.transaction(() -> {
            Appended total = quick ? insertNew(batch, slow) : Appended.NOTHING;
            for (int row = slow.nextSetBit(0); row >= 0; row = slow.nextSetBit(row + 1)) {
              total = total.plus(take(batch, row));
            }
            sums.hold();
            for (Mark mark : append.marks()) {
              MarkTable.keep(mark, connection);
            }
            return total;
          });
    } finally {
      search.scanned(NO_ROWS, lastRow);
      known.clear();
    }
    lastRow += batch.size();
    if (ids.greatest().compareTo(greatestId) > 0) {
      greatestId = ids.greatest();
    }
    if (sums.isFull()) {
      sums.save();
    }
    if (search.isFull()) {
      search.save();
    }
    return appended;
  }

  /** See {@link dev.flightlog.store.EventStore#forget}. */
  Forgotten forget(Filter filter) throws SQLException {
    if (hasEvents || lastRow > 0) {
      settle();
    }
    connection.run("PRAGMA secure_delete = ON");
    try {
      Forgotten forgotten =
          connection.transaction(
              () -> new Forgetting(connection, sums, tombs, search, texts).run(filter, lastRow));
      reload();
      if (firstLoad == null) {
        // The log still holds what was deleted.
        connection.run("PRAGMA main.wal_checkpoint(TRUNCATE)");
      }
      return forgotten;
    } finally {
      connection.run("PRAGMA secure_delete = OFF");
    }
  }

  /** See {@link dev.flightlog.store.archive.RowReleases#release}. */
  long release(long since, long until, Set<String> kept) throws SQLException {
    settle();
    long rows =
        connection.transaction(() -> {
          Set<Long> segments = search.of(since, until);
          long gone = released.release(since, until, kept);
          search.rebuild(segments, Arrivals.last(connection));
          return gone;
        });
    reload();
    return rows;
  }

  /** See {@link dev.flightlog.store.archive.RowReleases#reinstate}. */
  long reinstate(long since, long until, Iterator<Event> events) throws SQLException {
    settle();
    long rows =
        connection.transaction(() -> released.reinstate(since, until, events, lastRow, sums));
    reload();
    return rows;
  }

  /** See {@link dev.flightlog.store.archive.RowReleases#takeOver}. */
  void takeOver(Path old) throws SQLException {
    settle();
    released.takeOver(old);
    texts.reload();
    sums.reload();
    sums.repair();
  }

  /** See {@link dev.flightlog.store.archive.RowReleases#compact}. */
  void compact(Path db) throws SQLException {
    settle();
    // A connection that keeps prepared statements cannot do it.
    try (DatabaseConnection fresh = DatabaseConnection.open(db, false)) {
      fresh.run("VACUUM main");
      fresh.run("PRAGMA main.wal_checkpoint(TRUNCATE)");
    }
  }

  private void handOver(EventBatch batch, BitSet slow) throws SQLException {
    image.clear();
    numbers.look(batch, slow);
    for (int row = slow.nextClearBit(0); row < batch.size(); row = slow.nextClearBit(row + 1)) {
      image.add(lastRow + 1 + row, batch, row, numbers);
      if (image.isFull()) {
        throw new StoreException(Kind.REFUSED, "a batch holds at most 1.5 GB; append less at once");
      }
    }
    connection.connection().deserialize("batch", image.bytes());
  }

  /** Inserts what is new, and adds to the slow rows what is not. */
  private Appended insertNew(EventBatch batch, BitSet slow) throws SQLException {
    BitSet forgotten = tombs.rowsOfBatch(lastRow + 1, batch, numbers.sessions(), slow);
    BitSet out = new BitSet();
    out.or(forgotten);
    BitSet archived = released.rowsOfBatch(lastRow + 1);
    archived.andNot(forgotten);
    out.or(archived);
    if (firstLoad == null && ids.least().compareTo(greatestId) <= 0) {
      findKnown(out);
    }
    if (waiting > 0) {
      try (ResultSet rows =
          connection.query(
              "SELECT b.id FROM batch.event_rows b JOIN set_aside s ON s.event_id = b.event_id")) {
        while (rows.next()) {
          out.set((int) (rows.getLong(1) - lastRow - 1));
        }
      }
    }
    if (!out.isEmpty()) {
      StringBuilder list = new StringBuilder("[");
      out.stream().forEach(row -> list.append(lastRow + 1 + row).append(','));
      list.setCharAt(list.length() - 1, ']');
      connection.update(
          "DELETE FROM batch.event_rows WHERE id IN (SELECT value FROM json_each(?))",
          list.toString());
    }
    BitSet passed = (BitSet) slow.clone();
    passed.or(out);
    insert(batch, passed);
    long inserted = batch.size() - (long) passed.cardinality();
    search.scanned(out, lastRow);
    hasEvents |= inserted > 0;
    out.andNot(forgotten);
    out.andNot(archived);
    slow.or(out);
    return new Appended(inserted, 0, archived.cardinality(), 0, forgotten.cardinality());
  }

  /** Moves the rows of the image, and adds up those that are not passed over beside it. */
  private void insert(EventBatch batch, BitSet passed) throws SQLException {
    numbers.keep(passed);
    int[] sessions = numbers.sessions();
    if (batch.size() < FEW) {
      connection.run(INSERT_ALL);
      sums.add(batch, passed, sessions);
      return;
    }
    ForkJoinTask<?> adding =
        ForkJoinPool.commonPool().submit(() -> sums.add(batch, passed, sessions));
    try {
      connection.run(INSERT_ALL);
    } finally {
      if (adding.tryUnfork()) {
        // Nobody had time for it.
        sums.add(batch, passed, sessions);
      } else {
        adding.join();
      }
    }
  }

  private void findKnown(BitSet out) throws SQLException {
    try (ResultSet rows =
        connection.query(
            "SELECT b.id, "
                + EventRows.columns("e.")
                + " FROM batch.event_rows b CROSS JOIN main.event_rows e ON e.event_id = b.event_id")) {
      while (rows.next()) {
        Event event = EventRows.event(rows, 2, connection);
        known.put(event.id(), event);
        out.set((int) (rows.getLong(1) - lastRow - 1));
      }
    }
  }

  /** The slow way of one row. */
  private Appended take(EventBatch batch, int row) throws SQLException {
    Event event = batch.event(row);
    Mode mode = batch.mode(row);
    if (tombs.covers(event)) {
      return new Appended(0, 0, 0, 0, 1);
    }
    if (released.covers(batch, row)) {
      return new Appended(0, 0, 1, 0);
    }
    Event kept = known.get(event.id());
    if (kept == null) {
      kept = find("event_rows", event.id());
    }
    if (kept == null) {
      return mode == Mode.COMPLETE ? setAside(event) : insert(event, lastRow + 1 + row);
    }
    Event joined = mode == Mode.NEW ? kept : Merge.combine(kept, event);
    if (joined.equals(kept)) {
      known.put(event.id(), kept);
      return new Appended(0, 0, 1, 0);
    }
    connection.update(UPDATE, and(EventRows.values(joined, texts), lastRow + 1 + row, joined.id()));
    search.add(joined, lastRow + 1 + row);
    sums.changed(kept.micros());
    sums.changed(joined.micros());
    known.put(event.id(), joined);
    return new Appended(0, 1, 0, 0);
  }

  static @Nullable Object[] and(@Nullable Object[] values, Object... last) {
    @Nullable Object[] all = new Object[values.length + last.length];
    System.arraycopy(values, 0, all, 0, values.length);
    System.arraycopy(last, 0, all, values.length, last.length);
    return all;
  }

  private @Nullable Event find(String table, String id) throws SQLException {
    try (ResultSet rows =
        connection.query(
            "SELECT " + EventRows.COLUMNS + " FROM " + table + " WHERE event_id = ?", id)) {
      return rows.next() ? EventRows.event(rows, 1, connection) : null;
    }
  }

  private Appended setAside(Event event) throws SQLException {
    Event before = find("set_aside", event.id());
    Event joined = before == null ? event : Merge.combine(before, event);
    if (joined.equals(before)) {
      return new Appended(0, 0, 1, 0);
    }
    connection.update(SET_ASIDE, EventRows.values(joined, texts));
    waiting += before == null ? 1 : 0;
    return new Appended(0, 0, 0, 1);
  }

  private Appended insert(Event event, long id) throws SQLException {
    Event later = waiting > 0 ? find("set_aside", event.id()) : null;
    Event whole = event;
    if (later != null) {
      whole = Merge.combine(event, later);
      connection.update("DELETE FROM set_aside WHERE event_id = ?", event.id());
      waiting--;
    }
    connection.update(INSERT, and(EventRows.values(whole, texts), id));
    search.add(whole, id);
    known.put(whole.id(), whole);
    one.clear();
    one.add(Mode.NEW, whole);
    String session = whole.text(Field.SESSION_ID);
    sums.add(one, 0, session == null ? 0 : texts.kept(Field.SESSION_ID, session));
    hasEvents = true;
    return new Appended(1, 0, 0, 0);
  }

  /** Reads with this connection, which a first load does not mind. */
  DatabaseConnection connection() {
    return connection;
  }

  /** Builds what was put off. */
  void settle() throws SQLException {
    if (firstLoad != null) {
      endFirstLoad();
    }
    sums.save();
    sums.repair();
    search.settle(lastRow);
  }

  /** True during a first load. */
  boolean isLoading() {
    return firstLoad != null;
  }

  /** True when {@link #settle} has something to do. */
  boolean isUnsettled() {
    return !sums.isEmpty() || firstLoad != null;
  }

  /** True when another store waits to write. */
  boolean isWanted() {
    return lock.isWanted();
  }

  /** From now on the end of this writer counts as a bad one, so that the next one looks closely. */
  void damaged() {
    damaged = true;
  }

  /** Ends without a last effort, after a failure: what is not kept in the file is given up. */
  void abandon() {
    connection.close();
    try {
      if (!damaged) {
        lock.ended();
      }
    } catch (IOException e) {
      // Then the next one looks closely at the file, and finds nothing.
    } finally {
      lock.close();
    }
  }

  @Override
  public void close() {
    try {
      settle();
      connection.close();
      if (!damaged) {
        lock.ended();
      }
    } catch (SQLException | IOException e) {
      connection.close();
    } finally {
      lock.close();
    }
  }
}
