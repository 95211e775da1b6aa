package dev.flightlog.tasks.index;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.Cursor;
import dev.flightlog.tasks.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of the table, in and out, with the words that are searched for. For one thread. */
final class TaskRows implements AutoCloseable {
  /** Bits of a row number below its time. */
  static final int SHIFT = 12;

  static final String COLUMNS =
      "id, task_id, source, provider, created, started, ended, status, status_at, user_id, request,"
          + " agent, agent_type, model, confidence, evaluations, success, duration_ms, cost, error";
  private static final int COUNT = 20;

  private final PreparedStatement find;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement isFree;
  private final PreparedStatement putWords;
  private final PreparedStatement deleteWords;

  private final Connection connection;

  TaskRows(Connection connection) throws SQLException {
    this.connection = connection;
    find = connection.prepareStatement("SELECT " + COLUMNS + " FROM tasks WHERE task_id = ?");
    put =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO tasks ("
                + COLUMNS
                + ") VALUES ("
                + "?, ".repeat(COUNT - 1)
                + "?)");
    delete = connection.prepareStatement("DELETE FROM tasks WHERE id = ?");
    isFree = connection.prepareStatement("SELECT 1 FROM tasks WHERE id = ?");
    putWords =
        connection.prepareStatement("INSERT INTO words (rowid, request, error) VALUES (?, ?, ?)");
    deleteWords = connection.prepareStatement("DELETE FROM words WHERE rowid = ?");
  }

  /** The smallest row number of this time. */
  static long firstRow(long micros) {
    long most = Long.MAX_VALUE >> SHIFT;
    return Math.clamp(micros, -most, most) << SHIFT;
  }

  /** The row of this task, a fresh one when there is none. */
  TaskRow find(String taskId) throws SQLException {
    find.setString(1, taskId);
    try (ResultSet rows = find.executeQuery()) {
      return rows.next() ? read(rows) : new TaskRow(taskId);
    }
  }

  void put(TaskRow row) throws SQLException {
    long before = row.id;
    if (before == 0 || before >> SHIFT != firstRow(row.created) >> SHIFT) {
      row.id = free(row);
      if (before != 0) {
        delete.setLong(1, before);
        delete.executeUpdate();
      }
    }
    write(row);
    if (row.wordsChanged || row.id != before) {
      if (before != 0) {
        deleteWords.setLong(1, before);
        deleteWords.executeUpdate();
      }
      putWords.setLong(1, row.id);
      putWords.setString(2, row.request);
      putWords.setString(3, row.error);
      putWords.executeUpdate();
      row.wordsChanged = false;
    }
  }

  /** A free row number of this time, tried from one that the task's id decides. */
  private long free(TaskRow row) throws SQLException {
    long first = firstRow(row.created);
    int start = row.taskId.hashCode();
    for (int i = 0; i < 1 << SHIFT; i++) {
      long id = first + (start + i & (1 << SHIFT) - 1);
      isFree.setLong(1, id);
      try (ResultSet taken = isFree.executeQuery()) {
        if (id != 0 && !taken.next()) {
          return id;
        }
      }
    }
    throw new SQLException("more than " + (1 << SHIFT) + " tasks of one microsecond");
  }

  private void write(TaskRow row) throws SQLException {
    int i = 1;
    put.setLong(i++, row.id);
    put.setString(i++, row.taskId);
    put.setString(i++, row.source);
    put.setString(i++, row.provider);
    put.setLong(i++, row.created);
    number(i++, row.started);
    number(i++, row.ended);
    put.setString(i++, row.status.word());
    put.setLong(i++, row.statusAt);
    put.setString(i++, row.userId);
    put.setString(i++, row.request);
    put.setString(i++, row.agent);
    put.setString(i++, row.agentType);
    put.setString(i++, row.model);
    real(i++, row.confidence);
    put.setString(
        i++, row.evaluations.isEmpty() ? null : new JsonWriter().value(row.evaluations).toString());
    number(i++, row.success == null ? null : (Long) (row.success ? 1L : 0L));
    number(i++, row.durationMs);
    real(i++, row.cost);
    put.setString(i, row.error);
    put.executeUpdate();
  }

  private void number(int index, @Nullable Long value) throws SQLException {
    if (value == null) {
      put.setNull(index, Types.INTEGER);
    } else {
      put.setLong(index, value);
    }
  }

  private void real(int index, @Nullable Double value) throws SQLException {
    if (value == null) {
      put.setNull(index, Types.REAL);
    } else {
      put.setDouble(index, value);
    }
  }

  /** The row at the cursor of a query for {@link #COLUMNS}. */
  static TaskRow read(ResultSet rows) throws SQLException {
    TaskRow row = new TaskRow(rows.getString(2));
    row.id = rows.getLong(1);
    row.source = rows.getString(3);
    row.provider = rows.getString(4);
    row.created = rows.getLong(5);
    row.started = whole(rows, 6);
    row.ended = whole(rows, 7);
    row.status = TaskStatus.of(rows.getString(8)).orElse(TaskStatus.QUEUED);
    row.statusAt = rows.getLong(9);
    row.userId = rows.getString(10);
    row.request = rows.getString(11);
    row.agent = rows.getString(12);
    row.agentType = rows.getString(13);
    row.model = rows.getString(14);
    row.confidence = real(rows, 15);
    row.evaluations = evaluations(rows.getString(16));
    Long success = whole(rows, 17);
    row.success = success == null ? null : (Boolean) (success != 0);
    row.durationMs = whole(rows, 18);
    row.cost = real(rows, 19);
    row.error = rows.getString(20);
    return row;
  }

  private static @Nullable Long whole(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : (Long) value;
  }

  private static @Nullable Double real(ResultSet rows, int column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? null : (Double) value;
  }

  private static Map<String, Double> evaluations(@Nullable String json) {
    Map<String, Double> all = new TreeMap<>();
    if (json != null) {
      byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
      JsonReader reader = new JsonReader().reset(utf8, 0, utf8.length);
      reader.enterObject();
      while (reader.nextKey()) {
        all.put(reader.key(), reader.real());
      }
    }
    return all;
  }

  /** The place in the event store up to which events are in here. */
  Cursor place() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT cursor FROM place");
        ResultSet row = select.executeQuery()) {
      return row.next() ? new Cursor(row.getString(1)) : Cursor.BEGINNING;
    }
  }

  void place(Cursor place) throws SQLException {
    run("DELETE FROM place");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO place VALUES (?)")) {
      insert.setString(1, place.text());
      insert.executeUpdate();
    }
  }

  void deleteAll() throws SQLException {
    run("DELETE FROM tasks");
    run("DELETE FROM words");
    run("DELETE FROM place");
  }

  private void run(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  /** The row as others see it. */
  static IndexedTask task(TaskRow row) {
    return new IndexedTask(
        row.taskId,
        row.source == null ? "events" : row.source,
        row.provider,
        Timestamps.instant(row.created),
        instant(row.started),
        instant(row.ended),
        row.status,
        row.userId,
        row.request,
        row.agent,
        row.agentType,
        row.model,
        row.confidence,
        Map.copyOf(row.evaluations),
        row.success,
        row.durationMs,
        row.cost,
        row.error);
  }

  private static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : Timestamps.instant(micros);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement each :
        new PreparedStatement[] {find, put, delete, isFree, putWords, deleteWords}) {
      each.close();
    }
  }
}
