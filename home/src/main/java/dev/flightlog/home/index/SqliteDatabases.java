package dev.flightlog.home.index;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.DatabaseForm;
import dev.flightlog.formats.reading.DatabaseForm.Query;
import dev.flightlog.importer.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads SQLite files of other programs, within one transaction and row by row, so that memory does
 * not follow their size. Stateless.
 */
final class SqliteDatabases implements Databases {
  /** The longest text that is taken; a longer one becomes null. */
  private static final int LONGEST = 8 << 20;

  private static final Pattern OPTIONAL = Pattern.compile("\\[(?:(\\w+)\\.)?(\\w+)]");
  private static final String SINCE = "since";

  @Override
  public Map<String, Set<String>> columns(Path file) throws IOException {
    try (Connection connection = SqliteFiles.open(file)) {
      return columns(connection);
    } catch (SQLException e) {
      throw new IOException("it cannot be read as a SQLite database: " + e.getMessage(), e);
    }
  }

  private static Map<String, Set<String>> columns(Connection connection) throws SQLException {
    Map<String, Set<String>> columns = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                    + " WHERE m.type = 'table'");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        columns
            .computeIfAbsent(lower(rows.getString(1)), name -> new HashSet<>())
            .add(lower(rows.getString(2)));
      }
    }
    return columns;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void read(Path file, DatabaseForm form, Map<String, @Nullable Object> since, Taker into)
      throws IOException, InterruptedException {
    try (Connection connection = SqliteFiles.open(file)) {
      connection.setAutoCommit(false);
      Map<String, Set<String>> columns = columns(connection);
      for (Query query : form.queries()) {
        Set<String> known = columns.get(query.table());
        if (known != null) {
          rows(connection, query, known, since.get(query.record()), into);
        }
      }
    } catch (SQLException e) {
      throw new IOException("it cannot be read as a SQLite database: " + e.getMessage(), e);
    }
  }

  private static void rows(
      Connection connection, Query query, Set<String> known, @Nullable Object since, Taker into)
      throws SQLException, InterruptedException {
    String grows = query.since();
    boolean narrowed =
        since != null && grows != null && known.contains(grows.substring(grows.indexOf('.') + 1));
    String sql = optional(query.sql(), known).replace("{since}", narrowed ? grows + " >= ?" : "1");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (narrowed) {
        statement.setObject(1, since);
      }
      JsonWriter json = new JsonWriter(4096);
      Object reached = since;
      try (ResultSet rows = statement.executeQuery()) {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
          json.clear().beginObject().key("record").string(query.record());
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            Object value = value(rows, i);
            if (name.equals(SINCE) || name.equals(grows)) {
              reached = larger(reached, value);
            }
            if (!name.equals(SINCE)) {
              json.key(name).value(value);
            }
          }
          json.endObject();
          into.take(json.bytes(), json.length(), query.record(), grows == null ? null : reached);
        }
      }
    }
  }

  /** A column that the table does not have is null. */
  private static String optional(String sql, Set<String> known) {
    Matcher optional = OPTIONAL.matcher(sql);
    StringBuilder written = new StringBuilder();
    while (optional.find()) {
      String alias = optional.group(1) == null ? "" : optional.group(1) + ".";
      String column = optional.group(2);
      optional.appendReplacement(written, known.contains(column) ? alias + column : "NULL");
    }
    return optional.appendTail(written).toString();
  }

  private static @Nullable Object value(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return switch (value) {
      case null -> null;
      case Integer whole -> (Long) whole.longValue();
      case Long whole -> whole;
      case Double real -> real;
      case String text -> text.length() > LONGEST ? null : text;
      case byte[] blob -> null;
      default -> value.toString();
    };
  }

  private static @Nullable Object larger(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a instanceof Number one && b instanceof Number other) {
      return one.doubleValue() >= other.doubleValue() ? a : b;
    }
    return a.toString().compareTo(b.toString()) >= 0 ? a : b;
  }
}
