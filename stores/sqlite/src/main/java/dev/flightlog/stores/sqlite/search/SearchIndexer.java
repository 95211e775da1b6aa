package dev.flightlog.stores.sqlite.search;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of words up while rows are appended. The words of a batch are found beside the
 * insertion of its rows, held until they make a segment, and then written. What is in no segment is
 * read by every search. What is not held either, because another writer appended it or because it
 * is little, is read back from its rows when it has become more.
 *
 * <p>Belongs to a writer; not safe for several threads.
 */
public final class SearchIndexer {
  /** From so many rows on a segment is worth its place. */
  public static final int WORTH = 2000;

  /** No segment is ever worth it: rows are read by every search. */
  public static final int NEVER = Integer.MAX_VALUE;

  /** A batch of fewer rows is not worth another thread, nor reading others back. */
  private static final int FEW = 256;

  /** So many rows are read back for a batch that goes on behind them. */
  private static final long LITTLE = 20_000;

  /** So many segments of rows read back are written at once; each takes about a second. */
  private static final int AT_ONCE = 4;

  private final DatabaseConnection connection;
  private final int worth;
  private final SegmentBuilder builder = new SegmentBuilder();
  private final WordScanner scanner = new WordScanner(builder);
  private final EventBatch one = new EventBatch();
  private long indexedTo;

  /** True while the builder holds all rows that are in no segment. */
  private boolean holdsAll;

  private @Nullable CompletableFuture<Void> scanning;
  private int rowsBefore;

  /**
   * Knows nothing before {@link #reload}.
   *
   * @param worth from so many rows on a segment is written: usually {@link #WORTH}; {@link #NEVER}
   *     keeps the segments that there are, and makes no more
   */
  public SearchIndexer(DatabaseConnection connection, int worth) {
    this.worth = worth;
    this.connection = connection;
  }

  /** Learns what the file has. */
  public void reload(long lastRow) throws SQLException {
    builder.clear();
    indexedTo = SegmentTable.indexedTo(connection);
    holdsAll = worth != NEVER && indexedTo >= lastRow;
  }

  /**
   * Begins to look at the rows of a batch that seem to be new, beside what the caller does. The
   * batch may not change until {@link #scanned}.
   *
   * @param slow rows to pass over
   * @param lastRow the number of the row before the first
   */
  public void scan(EventBatch batch, BitSet slow, long lastRow) throws SQLException {
    int rows = batch.size() - slow.cardinality();
    if (worth != NEVER && !holdsAll && rows >= FEW && lastRow - indexedTo <= LITTLE) {
      holdsAll = readBack();
    }
    rowsBefore = builder.rows();
    if (!holdsAll || rows == 0) {
      return;
    }
    BitSet passed = (BitSet) slow.clone();
    Runnable work =
        () -> {
          for (int row = passed.nextClearBit(0);
              row < batch.size();
              row = passed.nextClearBit(row + 1)) {
            builder.row(lastRow + 1 + row, batch.integer(row, Field.TIMESTAMP));
            scanner.row(batch, row);
          }
        };
    if (rows < FEW) {
      work.run();
    } else {
      scanning = CompletableFuture.runAsync(work);
    }
  }

  /**
   * Waits until the rows were looked at, and forgets those that were not inserted.
   *
   * @param out these
   * @param lastRow as before
   */
  public void scanned(BitSet out, long lastRow) {
    CompletableFuture<Void> current = scanning;
    scanning = null;
    if (current != null) {
      try {
        current.join();
      } catch (CompletionException e) {
        throw new IllegalStateException("the words of a batch could not be found", e.getCause());
      }
    }
    if (holdsAll && !out.isEmpty()) {
      builder.drop(rowsBefore, id -> out.get((int) (id - lastRow - 1)));
    }
  }

  /** Adds one row that was inserted or has changed. */
  public void add(Event event, long id) {
    if (holdsAll) {
      hold(event, id);
    }
  }

  private void hold(Event event, long id) {
    one.clear();
    one.add(Mode.NEW, event);
    builder.row(id, event.micros());
    scanner.row(one, 0);
  }

  /** True when so much is held that it should be saved. */
  public boolean isFull() {
    return holdsAll && builder.isFull();
  }

  /** Writes what is held as a segment, in a transaction of its own. */
  public void save() throws SQLException {
    if (builder.rows() > 0) {
      connection.<Boolean>transaction(() -> {
        indexedTo = Math.max(indexedTo, write());
        return true;
      });
      builder.clear();
    }
  }

  /** Takes in smaller segments directly before, so that there are never many. */
  private long write() throws SQLException {
    for (SegmentTable.Entry last : SegmentTable.lastFirst(connection)) {
      if (last.rows() > 2 * builder.rows()
          || last.rows() + builder.rows() > SegmentBuilder.MOST_ROWS
          || builder.isFull()) {
        break;
      }
      SegmentTable.remove(last.id(), connection);
      read("id BETWEEN " + last.first() + " AND " + last.last());
    }
    Segment segment = builder.segment();
    SegmentTable.add(segment, connection);
    return segment.last();
  }

  /** Writes a segment when enough rows wait for one; of very many only some. */
  public void settle(long lastRow) throws SQLException {
    if (holdsAll) {
      if (builder.rows() >= worth) {
        save();
      }
      return;
    }
    if (worth == NEVER) {
      return;
    }
    for (int i = 0; i < AT_ONCE && !holdsAll && lastRow - indexedTo >= worth; i++) {
      holdsAll = readBack();
      if (!holdsAll || builder.rows() >= worth) {
        save();
      }
    }
  }

  /** Holds the rows behind the last segment, as many as fit; true when these are all. */
  private boolean readBack() throws SQLException {
    builder.clear();
    return read("id > " + indexedTo);
  }

  private boolean read(String which) throws SQLException {
    try (ResultSet rows =
        connection.query(
            "SELECT "
                + EventRows.COLUMNS
                + ", id FROM main.event_rows WHERE "
                + which
                + " ORDER BY id")) {
      while (rows.next()) {
        if (builder.isFull()) {
          return false;
        }
        hold(EventRows.event(rows, 1, connection), rows.getLong(EventRows.COUNT + 1));
      }
    }
    return true;
  }

  /** The segments that tell of these rows. */
  public Set<Long> of(Collection<Long> rows) throws SQLException {
    Set<Long> segments = new TreeSet<>();
    for (SegmentTable.Entry entry : SegmentTable.lastFirst(connection)) {
      if (rows.stream().anyMatch(row -> row >= entry.first() && row <= entry.last())) {
        segments.add(entry.id());
      }
    }
    return segments;
  }

  /** The segments that tell of rows of this time, in microseconds. */
  public Set<Long> of(long since, long until) throws SQLException {
    Set<Long> segments = new TreeSet<>();
    for (SegmentTable.Entry entry : SegmentTable.lastFirst(connection)) {
      if (entry.since() < until
          && entry.until() >= since
          && connection.number(
                  "SELECT EXISTS (SELECT 1 FROM main.event_rows WHERE id BETWEEN ? AND ?"
                      + " AND timestamp >= ? AND timestamp < ?)",
                  entry.first(),
                  entry.last(),
                  since,
                  until)
              > 0) {
        segments.add(entry.id());
      }
    }
    return segments;
  }

  /**
   * Makes these segments anew from what is left of their rows. Within the transaction that removed
   * the others; {@link #reload} follows.
   *
   * @param lastRow the number that the next row follows: no segment may tell of a later one
   */
  public void rebuild(Set<Long> segments, long lastRow) throws SQLException {
    List<SegmentTable.Entry> entries = new ArrayList<>(SegmentTable.lastFirst(connection));
    for (SegmentTable.Entry entry : entries) {
      if (segments.contains(entry.id()) || entry.last() > lastRow) {
        builder.clear();
        SegmentTable.remove(entry.id(), connection);
        read("id BETWEEN " + entry.first() + " AND " + entry.last());
        if (builder.rows() > 0) {
          SegmentTable.add(builder.segment(), connection);
        }
      }
    }
    builder.clear();
    holdsAll = false;
  }
}
