package dev.flightlog.stores.sqlite;

import dev.flightlog.store.Mark;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table {@code marks}. */
final class MarkTable {
  private MarkTable() {}

  static Map<String, String> startingWith(String prefix, DatabaseConnection connection)
      throws SQLException {
    Map<String, String> marks = new LinkedHashMap<>();
    try (ResultSet rows =
        connection.query("SELECT key, value FROM marks WHERE key >= ? ORDER BY key", prefix)) {
      while (rows.next()) {
        String key = rows.getString(1);
        if (!key.startsWith(prefix)) {
          break;
        }
        marks.put(key, rows.getString(2));
      }
    }
    return marks;
  }

  /** Within a transaction. */
  static void keep(Mark mark, DatabaseConnection connection) throws SQLException {
    String value = mark.value();
    if (value == null) {
      connection.update("DELETE FROM marks WHERE key = ?", mark.key());
    } else {
      connection.update(
          "INSERT INTO marks (key, value) VALUES (?, ?)"
              + " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
          mark.key(),
          value);
    }
  }
}
