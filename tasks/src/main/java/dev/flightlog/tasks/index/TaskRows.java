package dev.flightlog.tasks.index;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.Cursor;
import dev.flightlog.tasks.TaskField;
import dev.flightlog.tasks.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of the table, in and out, with the words that are searched for. For one thread. */
final class TaskRows implements AutoCloseable {
  /** Bits of a row number below its time. */
  static final int SHIFT = 12;

  /** The first column of a task. */
  private static final int FIRST = 3;

  private final PreparedStatement find;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement isFree;
  private final PreparedStatement putWords;
  private final PreparedStatement deleteWords;

  private final Connection connection;

  TaskRows(Connection connection) throws SQLException {
    this.connection = connection;
    find =
        connection.prepareStatement("SELECT " + TaskColumns.ALL + " FROM tasks WHERE task_id = ?");
    put =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO tasks ("
                + TaskColumns.ALL
                + ") VALUES ("
                + "?, ".repeat(TaskColumns.NAMES.size() - 1)
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
    put.setLong(1, row.id);
    put.setLong(2, row.statusAt);
    int column = FIRST;
    for (TaskField field : TaskField.values()) {
      put.setObject(column++, value(row, field));
    }
    put.executeUpdate();
  }

  private static @Nullable Object value(TaskRow row, TaskField field) {
    return switch (field) {
      case TASK_ID -> row.taskId;
      case SOURCE -> row.source;
      case PROVIDER -> row.provider;
      case CREATED_AT -> row.created;
      case STARTED_AT -> row.started;
      case ENDED_AT -> row.ended;
      case STATUS -> row.status.word();
      case USER_ID -> row.userId;
      case REQUEST -> row.request;
      case ASSIGNED_AGENT -> row.agent;
      case AGENT_TYPE -> row.agentType;
      case MODEL -> row.model;
      case CONFIDENCE -> row.confidence;
      case EVALUATIONS ->
          row.evaluations.isEmpty() ? null : new JsonWriter().value(row.evaluations).toString();
      case SUCCESS -> row.success == null ? null : row.success ? 1 : 0;
      case DURATION_MS -> row.durationMs;
      case COST_USD -> row.cost;
      case ERROR -> row.error;
    };
  }

  /** The row at the cursor of a query for {@link TaskColumns#ALL}. */
  static TaskRow read(ResultSet rows) throws SQLException {
    TaskRow row = new TaskRow(rows.getString(FIRST + TaskField.TASK_ID.ordinal()));
    row.id = rows.getLong(1);
    row.statusAt = rows.getLong(2);
    for (TaskField field : TaskField.values()) {
      read(rows, FIRST + field.ordinal(), row, field);
    }
    return row;
  }

  private static void read(ResultSet rows, int at, TaskRow row, TaskField field)
      throws SQLException {
    switch (field) {
      case TASK_ID -> {}
      case SOURCE -> row.source = rows.getString(at);
      case PROVIDER -> row.provider = rows.getString(at);
      case CREATED_AT -> row.created = rows.getLong(at);
      case STARTED_AT -> row.started = whole(rows, at);
      case ENDED_AT -> row.ended = whole(rows, at);
      case STATUS -> row.status = TaskStatus.of(rows.getString(at)).orElse(TaskStatus.QUEUED);
      case USER_ID -> row.userId = rows.getString(at);
      case REQUEST -> row.request = rows.getString(at);
      case ASSIGNED_AGENT -> row.agent = rows.getString(at);
      case AGENT_TYPE -> row.agentType = rows.getString(at);
      case MODEL -> row.model = rows.getString(at);
      case CONFIDENCE -> row.confidence = real(rows, at);
      case EVALUATIONS -> row.evaluations = evaluations(rows.getString(at));
      case SUCCESS -> {
        Long success = whole(rows, at);
        row.success = success == null ? null : (Boolean) (success != 0);
      }
      case DURATION_MS -> row.durationMs = whole(rows, at);
      case COST_USD -> row.cost = real(rows, at);
      case ERROR -> row.error = rows.getString(at);
    }
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
