package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
  private static final String INSERT =
      "INSERT INTO events (" + EventRows.COLUMNS + ", id) VALUES (" + marks() + ", ?)";
  private static final String SET_ASIDE =
      "INSERT OR REPLACE INTO set_aside (" + EventRows.COLUMNS + ") VALUES (" + marks() + ")";
  private static final String UPDATE =
      "UPDATE events SET (" + EventRows.COLUMNS + ") = (" + marks() + ") WHERE event_id = ?";

  /** Cells that are kept back at most: some 100 MB. */
  private static final int MOST_HELD = 120_000;

  private final Link link;
  private final WriterLock lock;
  private final BatchImage image;
  private final Rollups rollups;
  private final Sessions sessions;
  private final Accumulator accumulator = new Accumulator();
  private final BatchIds ids = new BatchIds();
  private final EventBatch one = new EventBatch();
  private final Map<String, Event> known = new HashMap<>();
  private long lastRow;
  private String greatestId = "";
  private long waiting;
  private final Set<Long> changedHours = new HashSet<>();
  private final Set<Long> heldHours = new HashSet<>();
  private boolean damaged;
  private @Nullable SeenIds firstLoad;
  private boolean firstLoadOver;

  private Writer(Link link, WriterLock lock) throws SQLException {
    this.link = link;
    this.lock = lock;
    String createTable = link.text("SELECT sql FROM sqlite_schema WHERE name = 'events'");
    this.image = new BatchImage(createTable == null ? "" : createTable, Schema.columns(link));
    this.rollups = new Rollups(link);
    this.sessions = new Sessions(link);
  }

  /** Takes over the lock, also when this fails. */
  static Writer open(Path db, WriterLock lock) throws SQLException, IOException {
    Link link = null;
    try {
      link = Link.open(db, false);
      return open(link, lock);
    } catch (SQLException | IOException | RuntimeException e) {
      if (link != null) {
        link.close();
      }
      lock.close();
      throw e;
    }
  }

  /** Takes over the link and the lock. */
  static Writer open(Link link, WriterLock lock) throws SQLException, IOException {
    link.run("ATTACH ':memory:' AS batch");
    Writer writer = new Writer(link, lock);
    writer.reload();
    if (writer.lastRow == 0 && writer.waiting == 0) {
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
    link.run("PRAGMA synchronous = " + (alone ? "OFF" : "NORMAL"));
  }

  /** Another connection may prevent it; then the load goes through the WAL, and is only slower. */
  private boolean journalMode(String mode) throws SQLException {
    link.run("PRAGMA busy_timeout = 0");
    try {
      link.run("PRAGMA main.journal_mode = " + mode);
      return true;
    } catch (SQLException e) {
      if (Failures.kindOf(e) == Kind.OVERLOADED) {
        return false;
      }
      throw e;
    } finally {
      link.run("PRAGMA busy_timeout = 5000");
    }
  }

  private void endFirstLoad() throws SQLException {
    boolean loaded = firstLoad != null;
    firstLoadOver = true;
    link.run("PRAGMA threads = 2");
    for (String index : Schema.statements("indexes.sql")) {
      link.run(index);
    }
    link.run("PRAGMA synchronous = NORMAL");
    journalMode("WAL");
    link.run("PRAGMA wal_autocheckpoint = 4000");
    if (loaded) {
      // Writes the file to the disk once.
      link.run("PRAGMA main.wal_checkpoint(TRUNCATE)");
    }
    firstLoad = null;
  }

  private void reload() throws SQLException {
    lastRow = link.number("SELECT max(id) FROM events");
    String greatest = link.text("SELECT max(event_id) FROM events");
    greatestId = greatest == null ? "" : greatest;
    waiting = link.number("SELECT count(*) FROM set_aside");
    changedHours.clear();
    changedHours.addAll(Rollups.staleHours(link));
  }

  Appended append(Append append) throws SQLException {
    EventBatch batch = append.events();
    BitSet slow = ids.notFirst(batch);
    boolean quick = slow.cardinality() < batch.size();
    if (firstLoad != null
        && (firstLoadOver || !slow.isEmpty() || !firstLoad.addAll(ids, batch.size()))) {
      endFirstLoad();
    }
    if (quick) {
      handOver(batch, slow);
    }
    boolean done = false;
    try {
      Appended appended =
          link.transaction(() -> {
            Appended total = quick ? insertNew(batch, slow) : Appended.NOTHING;
            for (int row = slow.nextSetBit(0); row >= 0; row = slow.nextSetBit(row + 1)) {
              total = total.plus(take(batch, row));
            }
            hold();
            for (Mark mark : append.marks()) {
              keep(mark);
            }
            return total;
          });
      done = true;
      lastRow += batch.size();
      if (ids.greatest().compareTo(greatestId) > 0) {
        greatestId = ids.greatest();
      }
      return appended;
    } finally {
      known.clear();
      if (!done) {
        forget();
      } else if (accumulator.size() >= MOST_HELD) {
        addHeld();
      }
    }
  }

  /**
   * Keeps back what was added up, which is cheaper to save for many appends at once. Until then its
   * hours count as stale: others read their rows, and after a crash they are built anew.
   */
  private void hold() throws SQLException {
    for (Accumulator.Hour hour : accumulator.hours()) {
      if (!changedHours.contains(hour.start) && heldHours.add(hour.start)) {
        rollups.stale(hour.start);
      }
    }
  }

  private void addHeld() throws SQLException {
    if (!accumulator.isEmpty()) {
      link.<Boolean>transaction(() -> {
        rollups.add(accumulator);
        heldHours.removeAll(changedHours);
        rollups.fresh(heldHours);
        return true;
      });
    }
    accumulator.clear();
    heldHours.clear();
  }

  private void forget() {
    accumulator.clear();
    heldHours.clear();
    sessions.forget();
    // What a first load has met may not have been kept; the indexes know.
    firstLoadOver = true;
    boolean interrupted = Thread.interrupted();
    try {
      reload();
    } catch (SQLException e) {
      // The next append fails in the same way and says why.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void handOver(EventBatch batch, BitSet slow) throws SQLException {
    image.clear();
    for (int row = slow.nextClearBit(0); row < batch.size(); row = slow.nextClearBit(row + 1)) {
      image.add(lastRow + 1 + row, batch, row);
      if (image.isFull()) {
        throw new StoreException(Kind.REFUSED, "a batch holds at most 1.5 GB; append less at once");
      }
    }
    link.connection().deserialize("batch", image.bytes());
  }

  /** Inserts what is new, and adds to the slow rows what is not. */
  private Appended insertNew(EventBatch batch, BitSet slow) throws SQLException {
    BitSet out = new BitSet();
    if (firstLoad == null && ids.least().compareTo(greatestId) <= 0) {
      findKnown(out);
    }
    if (waiting > 0) {
      try (ResultSet rows =
          link.query(
              "SELECT b.id FROM batch.events b JOIN set_aside s ON s.event_id = b.event_id")) {
        while (rows.next()) {
          out.set((int) (rows.getLong(1) - lastRow - 1));
        }
      }
    }
    if (!out.isEmpty()) {
      StringBuilder list = new StringBuilder("[");
      out.stream().forEach(row -> list.append(lastRow + 1 + row).append(','));
      list.setCharAt(list.length() - 1, ']');
      link.update(
          "DELETE FROM batch.events WHERE id IN (SELECT value FROM json_each(?))", list.toString());
    }
    link.run("INSERT INTO main.events SELECT * FROM batch.events");
    long inserted = 0;
    for (int row = slow.nextClearBit(0); row < batch.size(); row = slow.nextClearBit(row + 1)) {
      if (!out.get(row)) {
        accumulator.add(batch, row, sessions.number(batch, row));
        inserted++;
      }
    }
    slow.or(out);
    return new Appended(inserted, 0, 0, 0);
  }

  private void findKnown(BitSet out) throws SQLException {
    try (ResultSet rows =
        link.query(
            "SELECT b.id, "
                + EventRows.columns("e.")
                + " FROM batch.events b CROSS JOIN main.events e ON e.event_id = b.event_id")) {
      while (rows.next()) {
        Event event = EventRows.event(rows, 2);
        known.put(event.id(), event);
        out.set((int) (rows.getLong(1) - lastRow - 1));
      }
    }
  }

  /** The slow way of one row. */
  private Appended take(EventBatch batch, int row) throws SQLException {
    Event event = batch.event(row);
    Mode mode = batch.mode(row);
    Event kept = known.get(event.id());
    if (kept == null) {
      kept = find("events", event.id());
    }
    if (kept == null) {
      return mode == Mode.COMPLETE ? setAside(event) : insert(event, lastRow + 1 + row);
    }
    Event joined = mode == Mode.NEW ? kept : Merge.combine(kept, event);
    if (joined.equals(kept)) {
      known.put(event.id(), kept);
      return new Appended(0, 0, 1, 0);
    }
    link.update(UPDATE, and(EventRows.values(joined), joined.id()));
    changedHours.add(rollups.stale(kept.micros()));
    changedHours.add(rollups.stale(joined.micros()));
    known.put(event.id(), joined);
    return new Appended(0, 1, 0, 0);
  }

  private static @Nullable Object[] and(@Nullable Object[] values, Object last) {
    @Nullable Object[] all = new Object[values.length + 1];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = last;
    return all;
  }

  private @Nullable Event find(String table, String id) throws SQLException {
    try (ResultSet rows =
        link.query("SELECT " + EventRows.COLUMNS + " FROM " + table + " WHERE event_id = ?", id)) {
      return rows.next() ? EventRows.event(rows, 1) : null;
    }
  }

  private Appended setAside(Event event) throws SQLException {
    Event before = find("set_aside", event.id());
    Event joined = before == null ? event : Merge.combine(before, event);
    if (joined.equals(before)) {
      return new Appended(0, 0, 1, 0);
    }
    link.update(SET_ASIDE, EventRows.values(joined));
    waiting += before == null ? 1 : 0;
    return new Appended(0, 0, 0, 1);
  }

  private Appended insert(Event event, long id) throws SQLException {
    Event later = waiting > 0 ? find("set_aside", event.id()) : null;
    Event whole = event;
    if (later != null) {
      whole = Merge.combine(event, later);
      link.update("DELETE FROM set_aside WHERE event_id = ?", event.id());
      waiting--;
    }
    link.update(INSERT, and(EventRows.values(whole), id));
    known.put(whole.id(), whole);
    one.clear();
    one.add(Mode.NEW, whole);
    accumulator.add(one, 0, sessions.number(one, 0));
    return new Appended(1, 0, 0, 0);
  }

  private void keep(Mark mark) throws SQLException {
    String value = mark.value();
    if (value == null) {
      link.update("DELETE FROM marks WHERE key = ?", mark.key());
    } else {
      link.update("INSERT OR REPLACE INTO marks (key, value) VALUES (?, ?)", mark.key(), value);
    }
  }

  /** Reads with this connection, which a first load does not mind. */
  Link link() {
    return link;
  }

  /** Builds what was put off. */
  void settle() throws SQLException {
    if (firstLoad != null) {
      endFirstLoad();
    }
    addHeld();
    if (!changedHours.isEmpty()) {
      link.<Boolean>transaction(() -> {
        rollups.repair(sessions);
        return true;
      });
      changedHours.clear();
    }
  }

  /** True during a first load. */
  boolean isLoading() {
    return firstLoad != null;
  }

  /** True when {@link #settle} has something to do. */
  boolean isUnsettled() {
    return !accumulator.isEmpty() || !changedHours.isEmpty() || firstLoad != null;
  }

  /** From now on the end of this writer counts as a bad one, so that the next one looks closely. */
  void damaged() {
    damaged = true;
  }

  @Override
  public void close() {
    try {
      settle();
      link.close();
      if (!damaged) {
        lock.ended();
      }
    } catch (SQLException | IOException e) {
      link.close();
    } finally {
      lock.close();
    }
  }
}
