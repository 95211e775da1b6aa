package dev.flightlog.home.index;

import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.TaskTables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads tasks, evaluations and outcomes of a SQLite file side by side, each sorted by task, within
 * one transaction, so that a program that goes on writing is no matter. The file is opened for
 * reading only. Stateless.
 */
final class SqliteTaskTables implements TaskTables {
  @Override
  public void read(Path file, long after, Taker into) throws IOException, InterruptedException {
    try (Connection connection = SqliteFiles.open(file)) {
      connection.setAutoCommit(false);
      try (Cursor tasks = Cursor.open(connection, file, "tasks", "id", after);
          Cursor evaluations = Cursor.open(connection, file, "evaluations", "task_id", after);
          Cursor outcomes = Cursor.open(connection, file, "outcomes", "task_id", after)) {
        while (!tasks.atEnd() || !evaluations.atEnd() || !outcomes.atEnd()) {
          long id = Math.min(tasks.task(), Math.min(evaluations.task(), outcomes.task()));
          List<Map<String, @Nullable Object>> task = tasks.take(id);
          into.take(
              new Entry(
                  id,
                  task.isEmpty() ? Map.of("id", id) : task.getFirst(),
                  evaluations.take(id),
                  outcomes.take(id)));
        }
      }
    } catch (SQLException e) {
      throw new ImportException(
          file
              + " cannot be read as a database of tasks ("
              + e.getMessage()
              + "). Check that it is a SQLite file with the tables tasks, evaluations, outcomes.");
    }
  }

  /** The rows of one table in the order of their tasks. */
  private static final class Cursor implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final ResultSetMetaData columns;
    private boolean open;

    private Cursor(PreparedStatement statement) throws SQLException {
      this.statement = statement;
      this.rows = statement.executeQuery();
      this.columns = rows.getMetaData();
      this.open = rows.next();
    }

    static Cursor open(Connection connection, Path file, String table, String key, long after)
        throws SQLException {
      try (PreparedStatement known =
          connection.prepareStatement(
              "SELECT count(*) FROM pragma_table_info(?) WHERE lower(name) = ?")) {
        known.setString(1, table);
        known.setString(2, key);
        try (ResultSet found = known.executeQuery()) {
          if (!found.next() || found.getInt(1) == 0) {
            throw new ImportException(
                file
                    + " has no table "
                    + table
                    + " with a column "
                    + key
                    + ". --as task-db reads tasks(id, timestamp, user_id, request, channel_id,"
                    + " thread_ts), evaluations(task_id, agent_name, confidence, assigned) and"
                    + " outcomes(task_id, agent_name, success, execution_time, error_message).");
          }
        }
      }
      // The name of a table is one of our three; rows whose task is no number are of no task.
      PreparedStatement statement =
          connection.prepareStatement(
              "SELECT CAST(%2$s AS INTEGER) AS \"task of row\", * FROM %1$s WHERE CAST(%2$s AS"
                      .formatted(table, key)
                  + " INTEGER) > ? AND typeof(%s) IN ('integer', 'text') ORDER BY 1, rowid"
                      .formatted(key));
      try {
        statement.setLong(1, after);
        return new Cursor(statement);
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
    }

    boolean atEnd() {
      return !open;
    }

    /** The task of the next row; behind the last one, a task that comes after all others. */
    long task() throws SQLException {
      return open ? rows.getLong(1) : Long.MAX_VALUE;
    }

    List<Map<String, @Nullable Object>> take(long id) throws SQLException {
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      while (open && rows.getLong(1) == id) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (int i = 2; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), value(i));
        }
        all.add(row);
        open = rows.next();
      }
      return all;
    }

    private @Nullable Object value(int column) throws SQLException {
      Object value = rows.getObject(column);
      return value instanceof Integer whole
          ? (Long) whole.longValue()
          : value == null || value instanceof Long || value instanceof Double
              ? value
              : value.toString();
    }

    @Override
    public void close() throws SQLException {
      rows.close();
      statement.close();
    }
  }
}
