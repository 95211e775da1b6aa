package dev.flightlog.stores.sqlite;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.sql.ReadingStatement;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of a person. */
final class SqlStatement {
  private static final List<String> READING = List.of("SELECT", "WITH", "VALUES", "EXPLAIN");

  /** More than a process with a small heap can hold twice. */
  private static final long MOST_CHARACTERS = 64L << 20;

  private static final HexFormat HEX = HexFormat.of();

  private SqlStatement() {}

  /**
   * The connection cannot write, whatever the statement says; here ATTACH, PRAGMA and such are
   * refused.
   */
  static SqlAnswer run(String statement, int limit, DatabaseConnection connection)
      throws SQLException {
    ReadingStatement.require(statement, READING);
    connection.bounded();
    SqlAnswer answer = answer(statement, limit, connection);
    connection.unbounded();
    return answer;
  }

  private static SqlAnswer answer(String statement, int limit, DatabaseConnection connection)
      throws SQLException {
    try (ResultSet found = connection.connection().prepareStatement(statement).executeQuery()) {
      ResultSetMetaData about = found.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        columns.add(about.getColumnLabel(i));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      boolean more = found.next();
      long characters = 0;
      for (; more && rows.size() < limit; more = found.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          Object value = found.getObject(i);
          row.add(shown(value));
          characters += value instanceof String text ? text.length() + 8L : 8;
        }
        if (characters > MOST_CHARACTERS) {
          throw new StoreException(
              Kind.REFUSED,
              "the answer has more than "
                  + (MOST_CHARACTERS >> 20)
                  + " million characters after "
                  + rows.size()
                  + " rows: select fewer columns or rows, give --limit, or read the file with sqlite3");
        }
        rows.add(Collections.unmodifiableList(row));
      }
      return new SqlAnswer(List.copyOf(columns), Collections.unmodifiableList(rows), !more);
    }
  }

  private static @Nullable Object shown(@Nullable Object value) {
    return value instanceof Integer number
        ? (Object) number.longValue()
        : value instanceof byte[] blob ? "x'" + HEX.formatHex(blob) + "'" : value;
  }
}
