package dev.flightlog.tasks.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.store.EventStore;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskListener;
import dev.flightlog.tasks.TaskStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All tasks, one row each, found by time, status, agent, provider, cost and words. It holds nothing
 * that folders and events do not hold: a file that is lost or damaged is made anew from them.
 *
 * <p>Fed in two ways that meet on the task's id, in any order and as often as one likes: as {@link
 * TaskListener} of whoever writes task folders, and by {@link #catchUp} with the task events of the
 * store, which is how imported tasks come in.
 *
 * <p>Safe for many threads and several processes; calls block, those that write one after the
 * other. They fail with {@link TaskIndexException}, but for those of the listener, which never
 * throw: what they could not write is told by {@link #problem} and comes again with {@link
 * #catchUp}.
 */
public final class TaskIndex implements TaskListener, AutoCloseable {
  private final Path file;
  private final Redactor redactor;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final Connection writer;
  private final Connection reader;
  private final TaskRows rows;
  private volatile @Nullable String problem;

  private TaskIndex(
      Path file, Redactor redactor, InstantSource clock, Connection writer, Connection reader)
      throws SQLException {
    this.file = file;
    this.redactor = redactor;
    this.clock = clock;
    this.writer = writer;
    this.reader = reader;
    this.rows = new TaskRows(writer);
  }

  /**
   * Opens the file, made when it is not there, for its owner only. One of another version, or one
   * that is damaged, is begun anew, empty; {@link #catchUp} fills it.
   */
  public static TaskIndex open(Path file, Redactor redactor) {
    return open(file, redactor, InstantSource.system());
  }

  /** As {@link #open(Path, Redactor)}, with the clock that dates changes of folders. */
  public static TaskIndex open(Path file, Redactor redactor, InstantSource clock) {
    try {
      Connection writer = TaskDatabase.open(file);
      try {
        return new TaskIndex(file, redactor, clock, writer, TaskDatabase.openForReading(file));
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
    writing.lock();
    try {
      TaskDatabase.transaction(writer, () -> change.make(rows));
      problem = null;
    } catch (SQLException e) {
      throw broken(file, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Takes in the task events of the store that are not in here yet. Looks at the count of every
   * hour and reads those hours that have changed.
   *
   * @return how many events were read
   */
  public long catchUp(EventStore store) {
    writing.lock();
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

  @Override
  public void created(
      Task task, String message, Map<String, ? extends @Nullable Object> sourceMetadata) {
    String request = redactor.redact(message);
    Object user = sourceMetadata.get("user_id");
    quietly(
        task.taskId(),
        row -> {
          row.add(task, now());
          row.request(request);
          row.userId = user == null ? row.userId : redactor.redact(user.toString());
        });
  }

  @Override
  public void changed(Task task) {
    quietly(task.taskId(), row -> row.add(task, now()));
  }

  @Override
  public void finished(
      TaskId task,
      boolean success,
      @Nullable String error,
      @Nullable Double costUsd,
      @Nullable Double seconds,
      Instant completedAt) {
    String why = error == null ? null : redactor.redact(error);
    quietly(
        task,
        row -> {
          long at = Timestamps.of(completedAt);
          row.created = row.created == Long.MAX_VALUE ? at : row.created;
          row.ended = at;
          row.success = success;
          row.status(success ? TaskStatus.SUCCEEDED : TaskStatus.FAILED, at);
          row.cost = costUsd == null ? row.cost : costUsd;
          row.durationMs = seconds == null ? row.durationMs : (Long) Math.round(seconds * 1000);
          row.error(why);
        });
  }

  private long now() {
    return Timestamps.of(clock.instant());
  }

  private void quietly(TaskId task, Consumer<TaskRow> change) {
    try {
      write(open -> {
        TaskRow row = open.find(task.value());
        change.accept(row);
        open.put(row);
      });
    } catch (RuntimeException e) {
      problem = e.getMessage();
    }
  }

  /** What the last change of the listener failed on; empty when it did not fail. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
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
