package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Tombstones;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** The tombstones in the file. Belongs to the writer. */
final class TombstoneTable {
  private final DatabaseConnection connection;
  private boolean any;

  TombstoneTable(DatabaseConnection connection) throws SQLException {
    this.connection = connection;
    look();
  }

  private void look() throws SQLException {
    any =
        connection.number(
                "SELECT EXISTS (SELECT 1 FROM forgotten_events)"
                    + " OR EXISTS (SELECT 1 FROM forgotten_sessions)")
            > 0;
  }

  /** True when nothing was ever forgotten. */
  boolean isEmpty() {
    return !any;
  }

  /**
   * The rows of {@code batch.events} that must not come back.
   *
   * @param firstRow the row number of the first
   */
  BitSet rowsOfBatch(long firstRow) throws SQLException {
    BitSet rows = new BitSet();
    if (any) {
      try (ResultSet found =
          connection.query(
              "SELECT b.id FROM batch.events b WHERE EXISTS"
                  + " (SELECT 1 FROM main.forgotten_events f WHERE f.event_id = b.event_id)"
                  + " OR EXISTS (SELECT 1 FROM main.forgotten_sessions s"
                  + " WHERE s.session_id = b.session_id)")) {
        while (found.next()) {
          rows.set((int) (found.getLong(1) - firstRow));
        }
      }
    }
    return rows;
  }

  boolean covers(Event event) throws SQLException {
    return any
        && connection.number(
                "SELECT EXISTS (SELECT 1 FROM forgotten_events WHERE event_id = ?)"
                    + " OR EXISTS (SELECT 1 FROM forgotten_sessions WHERE session_id = ?)",
                event.id(),
                event.text(Field.SESSION_ID))
            > 0;
  }

  /**
   * Adds. Within a transaction.
   *
   * @param last the number of the last arrival
   * @return the number of the last arrival, which these are, too
   */
  long add(Tombstones added, long last) throws SQLException {
    long next = last;
    for (String id : added.events()) {
      next +=
          connection.update(
              "INSERT OR IGNORE INTO forgotten_events (id, event_id) VALUES (?, ?)", next + 1, id);
    }
    for (String session : added.sessions()) {
      connection.update("INSERT OR IGNORE INTO forgotten_sessions VALUES (?)", session);
    }
    any |= !added.isEmpty();
    return next;
  }

  static Tombstones all(DatabaseConnection connection) throws SQLException {
    return new Tombstones(
        texts(connection, "SELECT event_id FROM forgotten_events"),
        texts(connection, "SELECT session_id FROM forgotten_sessions"));
  }

  private static Set<String> texts(DatabaseConnection connection, String sql) throws SQLException {
    Set<String> texts = new HashSet<>();
    try (ResultSet rows = connection.query(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
