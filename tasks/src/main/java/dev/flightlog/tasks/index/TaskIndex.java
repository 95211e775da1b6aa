package dev.flightlog.tasks.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All tasks, one row each, found by time, status, agent, provider, cost and words. It holds nothing
 * that events do not hold: a file that is lost or damaged is made anew from them.
 *
 * <p>It is fed by {@link #catchUp} with the task events of a store, in any order and as often as
 * one likes: whoever writes task folders records them, and imports bring those of others.
 *
 * <p>Safe for many threads and several processes; calls block, those that write one after the
 * other. They fail with {@link TaskIndexException}.
 */
public final class TaskIndex implements AutoCloseable {
  private final Path file;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final Connection writer;
  private final Connection reader;
  private final TaskRows rows;

  private TaskIndex(Path file, Connection writer, Connection reader) throws SQLException {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.rows = new TaskRows(writer);
  }

  /**
   * Opens the file, made when it is not there, for its owner only. One of another version, or one
   * that is damaged, is begun anew, empty; {@link #catchUp} fills it.
   */
  public static TaskIndex open(Path file) {
    try {
      Connection writer = TaskDatabase.open(file);
      try {
        return new TaskIndex(file, writer, TaskDatabase.openForReading(file));
      } catch (SQLException e) {
        writer.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw broken(file, e);
    }
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
      TaskDatabase.transaction(writer, () -> change.make(rows));
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      writing.unlock();
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
   * Takes in the task events of the store that are not in here yet. Looks at the count of every
   * hour and reads those hours that have changed.
   *
   * @return how many events were read
   */
  public long catchUp(EventStore store) {
    waitForTurn();
    try {
      return new CatchUp(store, writer, this).run();
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      writing.unlock();
    }
  }

  /** Adds what these events tell of tasks; events of no task are passed over. */
  public void add(Iterable<Event> events) {
    write(open -> {
      Map<String, TaskRow> changed = new LinkedHashMap<>();
      for (Event event : events) {
        String id = event.text(Field.TASK_ID);
        if (id != null && CatchUp.TYPES.contains(event.eventType())) {
          TaskRow row = changed.get(id);
          if (row == null) {
            row = open.find(id);
            changed.put(id, row);
          }
          row.add(event);
        }
      }
      for (TaskRow row : changed.values()) {
        open.put(row);
      }
    });
  }

  /**
   * Finds a page of tasks.
   *
   * @throws TaskIndexException when the page is of another search or the text has too many words
   */
  public TaskPage search(TaskQuery query) {
    reading.lock();
    try {
      return new TaskSearch(reader, query).run();
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      reading.unlock();
    }
  }

  /** The task with this id. */
  public Optional<IndexedTask> find(String taskId) {
    reading.lock();
    try (PreparedStatement statement =
        reader.prepareStatement("SELECT " + TaskRows.COLUMNS + " FROM tasks WHERE task_id = ?")) {
      statement.setString(1, taskId);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(TaskRows.task(TaskRows.read(found))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      reading.unlock();
    }
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
                "SELECT "
                    + TaskRows.COLUMNS
                    + " FROM tasks WHERE id >= ? AND id < ? ORDER BY id")) {
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

  /** How many tasks there are. */
  public long size() {
    reading.lock();
    try (PreparedStatement statement = reader.prepareStatement("SELECT count(*) FROM tasks");
        ResultSet found = statement.executeQuery()) {
      return found.next() ? found.getLong(1) : 0;
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try {
      rows.close();
      reader.close();
      writer.close();
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
