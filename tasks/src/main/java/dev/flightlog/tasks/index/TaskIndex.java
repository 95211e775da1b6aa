package dev.flightlog.tasks.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All tasks, one row each, found by time, status, agent, provider, cost and words. It holds nothing
 * that events do not hold: a file that is lost or damaged is made anew from them.
 *
 * <p>It is fed by {@link #catchUp} with the task events of a store, in any order and as often as
 * one likes: whoever writes task folders records them, and imports bring those of others.
 *
 * <p>Safe for many threads and several processes; calls block, those that write one after the
 * other. They fail with {@link TaskIndexException}. A connection that failed is closed, and the
 * next call opens another one.
 */
public final class TaskIndex implements AutoCloseable {
  private final Path file;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable Writer writer;
  private @Nullable Connection reader;
  private boolean closed;

  private TaskIndex(Path file) {
    this.file = file;
  }

  /** A connection that writes, with its statements. */
  private record Writer(Connection connection, TaskRows rows) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      try (connection) {
        rows.close();
      }
    }
  }

  /**
   * Opens the file, made when it is not there, for its owner only. One of another version, or one
   * that is damaged, is begun anew, empty; {@link #catchUp} fills it.
   */
  public static TaskIndex open(Path file) {
    TaskIndex index = new TaskIndex(file);
    index.write(rows -> {});
    return index;
  }

  private static TaskIndexException broken(Path file, Exception e) {
    return TaskIndexException.broken(
        "the index of tasks "
            + file
            + " cannot be used ("
            + e.getMessage()
            + "): check permissions and space, or delete the file; it is built anew",
        e);
  }

  /** Something to do with the rows, in one transaction. */
  interface Change {
    void make(TaskRows rows) throws SQLException;
  }

  void write(Change change) {
    waitForTurn();
    try {
      Writer open = writer();
      TaskDatabase.transaction(open.connection(), () -> change.make(open.rows()));
    } catch (IOException | SQLException e) {
      closeWriter();
      throw broken(file, e);
    } catch (RuntimeException e) {
      closeWriter();
      throw e;
    } finally {
      writing.unlock();
    }
  }

  private Writer writer() throws IOException, SQLException {
    if (closed) {
      throw new SQLException("it was closed");
    }
    Writer open = writer;
    if (open == null) {
      Connection connection = TaskDatabase.open(file);
      try {
        open = new Writer(connection, new TaskRows(connection));
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      writer = open;
    }
    return open;
  }

  private void closeWriter() {
    Writer open = writer;
    writer = null;
    close(open == null ? null : open::close);
  }

  /** Something that is read. */
  private interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  private <T> T read(Reading<T> work) {
    reading.lock();
    try {
      Connection open = reader;
      if (open == null) {
        if (closed) {
          throw new SQLException("it was closed");
        }
        open = TaskDatabase.openForReading(file);
        reader = open;
      }
      return work.from(open);
    } catch (SQLException e) {
      closeReader();
      throw broken(file, e);
    } finally {
      reading.unlock();
    }
  }

  private void closeReader() {
    Connection open = reader;
    reader = null;
    close(open == null ? null : open::close);
  }

  /** Something that is closed, and may fail at it. */
  private interface Closing {
    void close() throws SQLException;
  }

  private static void close(@Nullable Closing closing) {
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (SQLException e) {
      // What was committed is committed; of the rest it was told that it failed.
    }
  }

  /** Whoever is interrupted waits no longer. */
  private void waitForTurn() {
    try {
      writing.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TaskIndexException.broken("interrupted while the index of tasks was busy", e);
    }
  }

  /**
   * Takes in the task events of the store that arrived since the last time.
   *
   * @return how many events were read
   */
  public long catchUp(EventStore store) {
    waitForTurn();
    try {
      return new CatchUp(store, this).run();
    } finally {
      writing.unlock();
    }
  }

  /** The place in the store up to which events are in here. */
  Cursor place() {
    Cursor[] place = {Cursor.BEGINNING};
    write(rows -> place[0] = rows.place());
    return place[0];
  }

  /** Adds events that arrived in a store, and the place behind them. */
  void takeIn(List<Event> events, Cursor next) {
    write(rows -> {
      add(events, rows);
      rows.place(next);
    });
  }

  /** Begins anew. */
  void empty() {
    write(TaskRows::deleteAll);
  }

  /** Adds what these events tell of tasks; events of no task are passed over. */
  public void add(Iterable<Event> events) {
    write(rows -> add(events, rows));
  }

  private static void add(Iterable<Event> events, TaskRows rows) throws SQLException {
    Map<String, TaskRow> changed = new LinkedHashMap<>();
    for (Event event : events) {
      String id = event.text(Field.TASK_ID);
      if (id != null && CatchUp.TYPES.contains(event.eventType())) {
        TaskRow row = changed.get(id);
        if (row == null) {
          row = rows.find(id);
          changed.put(id, row);
        }
        row.add(event);
      }
    }
    for (TaskRow row : changed.values()) {
      rows.put(row);
    }
  }

  /**
   * Finds a page of tasks.
   *
   * @throws TaskIndexException when the page is of another search or the text has too many words
   */
  public TaskPage search(TaskQuery query) {
    return read(connection -> new TaskSearch(connection, query).run());
  }

  /** The task with this id. */
  public Optional<IndexedTask> find(String taskId) {
    return read(connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT " + TaskColumns.ALL + " FROM tasks WHERE task_id = ?")) {
        statement.setString(1, taskId);
        try (ResultSet found = statement.executeQuery()) {
          return found.next() ? Optional.of(TaskRows.task(TaskRows.read(found))) : Optional.empty();
        }
      }
    });
  }

  /**
   * Gives every task to the consumer, oldest first, as they are at this moment; streams.
   *
   * @param from created at this time or later, in microseconds since 1970
   * @param to created before this time
   */
  public void each(long from, long to, Consumer<IndexedTask> consumer) {
    try (Connection own = TaskDatabase.openForReading(file);
        PreparedStatement statement =
            own.prepareStatement(
                "SELECT " + TaskColumns.ALL + " FROM tasks WHERE id >= ? AND id < ? ORDER BY id")) {
      statement.setLong(1, TaskRows.firstRow(from));
      statement.setLong(2, TaskRows.firstRow(to));
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          consumer.accept(TaskRows.task(TaskRows.read(found)));
        }
      }
    } catch (SQLException e) {
      throw broken(file, e);
    }
  }

  /** How many tasks there are of each status, by its word. Looks at all of them. */
  public Map<String, Long> byStatus() {
    return read(connection -> {
      Map<String, Long> counts = new TreeMap<>();
      try (PreparedStatement statement =
              connection.prepareStatement("SELECT status, count(*) FROM tasks GROUP BY status");
          ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          counts.put(found.getString(1), found.getLong(2));
        }
      }
      return counts;
    });
  }

  /** How many tasks there are. */
  public long size() {
    return read(connection -> {
      try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM tasks");
          ResultSet found = statement.executeQuery()) {
        return found.next() ? found.getLong(1) : 0L;
      }
    });
  }

  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try {
      closed = true;
      closeWriter();
      closeReader();
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
