package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.store.Tombstones;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * The rows of {@code batch.event_rows} that must not come back.
   *
   * @param firstRow the row number of the first
   * @param sessions the numbers of the batch's sessions, by row
   * @param slow rows that are not in the table
   */
  BitSet rowsOfBatch(long firstRow, EventBatch batch, int[] sessions, BitSet slow)
      throws SQLException {
    BitSet rows = new BitSet();
    if (any) {
      try (ResultSet found =
          connection.query(
              "SELECT b.id FROM batch.event_rows b WHERE EXISTS"
                  + " (SELECT 1 FROM main.forgotten_events f WHERE f.event_id = b.event_id)")) {
        while (found.next()) {
          rows.set((int) (found.getLong(1) - firstRow));
        }
      }
      Map<Integer, Boolean> forgotten = new HashMap<>();
      for (int row = slow.nextClearBit(0); row < batch.size(); row = slow.nextClearBit(row + 1)) {
        Boolean gone = forgotten.get(sessions[row]);
        if (gone == null) {
          gone = isForgotten(batch.text(row, Field.SESSION_ID));
          forgotten.put(sessions[row], gone);
        }
        if (gone) {
          rows.set(row);
        }
      }
    }
    return rows;
  }

  private boolean isForgotten(@Nullable String session) throws SQLException {
    return session != null
        && connection.number(
                "SELECT EXISTS (SELECT 1 FROM forgotten_sessions WHERE session_id = ?)", session)
            > 0;
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
