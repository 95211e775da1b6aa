package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.archive.Released;
import dev.flightlog.stores.sqlite.rollups.HeldSums;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.TextNumbers;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Set;

/**
 * The events whose rows were released to an archive: their ids, how many of each hour, and the
 * cubes of their sums. Belongs to the writer; what changes it runs within a transaction.
 */
final class ReleasedTable {
  private static final long HOUR = 3_600_000_000L;

  /** The hour of a row's time. */
  private static final String ROW_HOUR = EventRows.spans(HOUR);

  private static final String RANGE = " WHERE timestamp >= ? AND timestamp < ?";

  private final DatabaseConnection connection;
  private final TextNumbers texts;
  private boolean any;

  ReleasedTable(DatabaseConnection connection, TextNumbers texts) throws SQLException {
    this.connection = connection;
    this.texts = texts;
    look();
  }

  /** Learns whether there is any. */
  void look() throws SQLException {
    any = connection.number("SELECT EXISTS (SELECT 1 FROM released_hours)") > 0;
  }

  boolean isEmpty() {
    return !any;
  }

  /**
   * The rows of {@code batch.event_rows} whose events were released.
   *
   * @param firstRow the row number of the first
   */
  BitSet rowsOfBatch(long firstRow) throws SQLException {
    BitSet rows = new BitSet();
    if (any) {
      try (ResultSet found =
          connection.query(
              "SELECT b.id FROM batch.event_rows b CROSS JOIN main.released_events r"
                  + " ON r.event_id = b.event_id")) {
        while (found.next()) {
          rows.set((int) (found.getLong(1) - firstRow));
        }
      }
    }
    return rows;
  }

  boolean covers(EventBatch batch, int row) throws SQLException {
    return any
        && connection.number(
                "SELECT EXISTS (SELECT 1 FROM released_events WHERE event_id = ?)",
                batch.text(row, Field.ID))
            > 0;
  }

  /** See {@link dev.flightlog.store.archive.RowReleases#release}; no hour may be stale. */
  long release(long since, long until, Set<String> kept) throws SQLException {
    try (ResultSet rows =
        connection.query("SELECT event_id FROM event_rows" + RANGE, since, until)) {
      while (rows.next()) {
        if (!kept.contains(rows.getString(1))) {
          throw new StoreException(
              Kind.REFUSED,
              "event "
                  + rows.getString(1)
                  + " came after the archive was written; nothing was released, try again");
        }
      }
    }
    connection.update(
        "INSERT INTO released_hours (hour, events) SELECT "
            + ROW_HOUR
            + " AS h, count(*) FROM event_rows"
            + RANGE
            + " GROUP BY h ON CONFLICT (hour) DO UPDATE SET events = events + excluded.events",
        since,
        until);
    connection.update(
        "INSERT INTO released_events (event_id, hour) SELECT event_id, "
            + ROW_HOUR
            + " FROM event_rows"
            + RANGE,
        since,
        until);
    connection.update(
        "UPDATE rollups SET released = 1 WHERE span = 2 AND part IN (0, 1, 2)"
            + " AND start >= ? AND start < ?",
        since,
        until);
    long rows = connection.update("DELETE FROM event_rows" + RANGE, since, until);
    any |= rows > 0;
    return rows;
  }

  /** See {@link dev.flightlog.store.archive.RowReleases#reinstate}. */
  long reinstate(long since, long until, Iterator<Event> events, long lastRow, HeldSums sums)
      throws SQLException {
    long first = since / HOUR;
    long behind = until / HOUR;
    long released =
        connection.number(
            "SELECT ifnull(sum(events), 0) FROM released_hours WHERE hour >= ? AND hour < ?",
            first,
            behind);
    long row = lastRow;
    while (events.hasNext()) {
      Event event = events.next();
      int was =
          connection.update(
              "DELETE FROM released_events WHERE event_id = ? AND hour >= ? AND hour < ?",
              event.id(),
              first,
              behind);
      if (was > 0) {
        connection.update(Writer.INSERT, Writer.and(EventRows.values(event, texts), ++row));
        sums.changed(event.micros());
      }
    }
    long back = row - lastRow;
    if (back != released) {
      throw new StoreException(
          Kind.REFUSED,
          "of "
              + released
              + " events that were archived of this time only "
              + back
              + " are there; nothing was changed");
    }
    connection.update("DELETE FROM released_hours WHERE hour >= ? AND hour < ?", first, behind);
    connection.update(
        "DELETE FROM rollups WHERE span = 2 AND released = 1 AND start >= ? AND start < ?",
        since,
        until);
    sums.repairNow();
    look();
    return back;
  }

  /** Takes over what the other file released, into one that has no events yet. */
  void takeOver(Path other) throws SQLException {
    connection.run("ATTACH '" + other.toString().replace("'", "''") + "' AS old");
    try {
      connection.<Boolean>transaction(() -> {
        connection.run("INSERT OR IGNORE INTO main.sessions SELECT * FROM old.sessions");
        connection.run(
            "INSERT OR IGNORE INTO main.released_events SELECT * FROM old.released_events");
        connection.run(
            "INSERT OR IGNORE INTO main.released_hours SELECT * FROM old.released_hours");
        connection.run(
            "INSERT INTO main.rollups (part, span, start, form, released, cells)"
                + " SELECT part, span, start, form, 1, cells FROM old.rollups WHERE released = 1");
        connection.run(
            "INSERT OR IGNORE INTO main.rollups_stale"
                + " SELECT hour * 3600000000 FROM main.released_hours");
        return true;
      });
    } finally {
      connection.run("DETACH old");
    }
    look();
  }

  /** What was released of this time. */
  static Released of(long since, long until, DatabaseConnection connection) throws SQLException {
    long first = since == Long.MIN_VALUE ? since : Math.floorDiv(since, HOUR);
    long behind = until == Long.MAX_VALUE ? until : -Math.floorDiv(-until, HOUR);
    try (ResultSet rows =
        connection.query(
            "SELECT sum(events), min(hour), max(hour) FROM released_hours WHERE hour >= ? AND hour < ?",
            first,
            behind)) {
      return rows.next() && rows.getLong(1) > 0
          ? new Released(rows.getLong(1), rows.getLong(2) * HOUR, (rows.getLong(3) + 1) * HOUR)
          : Released.NONE;
    }
  }
}
