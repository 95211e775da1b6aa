package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Knows the numbers of sessions, and gives one to each new session. Belongs to the writer. */
final class Sessions {
  private final DatabaseConnection connection;
  private final Names names = new Names();
  private int[] numbers = new int[256];

  Sessions(DatabaseConnection connection) {
    this.connection = connection;
  }

  /** Forgets what may not have been committed. */
  void forget() {
    names.clear();
    Arrays.fill(numbers, 0);
  }

  /** The number of the row's session; 0 when it has none. Within a transaction. */
  int number(EventBatch batch, int row) throws SQLException {
    if (!batch.has(row, Field.SESSION_ID)) {
      return 0;
    }
    if (names.isFull()) {
      forget();
    }
    int name =
        names.number(
            batch.bytes(),
            batch.offset(row, Field.SESSION_ID),
            batch.length(row, Field.SESSION_ID));
    if (name >= numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(name + 1, numbers.length * 2));
    }
    if (numbers[name] == 0) {
      numbers[name] = kept(names.text(name));
    }
    return numbers[name];
  }

  private int kept(@Nullable String session) throws SQLException {
    connection.update("INSERT OR IGNORE INTO sessions (session_id) VALUES (?)", session);
    try (ResultSet rows =
        connection.query("SELECT id FROM sessions WHERE session_id = ?", session)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
