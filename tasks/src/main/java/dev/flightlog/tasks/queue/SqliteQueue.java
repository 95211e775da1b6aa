package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue in an SQLite file, for one machine. Every change is one transaction with {@code
 * synchronous=FULL}: what was answered survives a power cut. Processes on the same machine share
 * the file and its clock.
 */
public final class SqliteQueue implements TaskQueue {
  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS queue (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        task_id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        token INTEGER NOT NULL DEFAULT 0,
        owner TEXT,
        until_ms INTEGER NOT NULL,
        cancel INTEGER NOT NULL DEFAULT 0)
      """;
  private static final String INDEX =
      "CREATE INDEX IF NOT EXISTS queue_open ON queue(state, until_ms, place)";

  /** How long a process waits for another one's transaction. */
  private static final int PATIENCE_MILLIS = 10_000;

  private final Path file;
  private final RetryPolicy retries;
  private final InstantSource clock;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition pushed = lock.newCondition();

  private SqliteQueue(Path file, RetryPolicy retries, InstantSource clock, Connection connection) {
    this.file = file;
    this.retries = retries;
    this.clock = clock;
    this.connection = connection;
  }

  /** Opens the queue in this file, which is made, for its owner only, when it is not there. */
  public static SqliteQueue open(Path file, RetryPolicy retries, InstantSource clock) {
    try {
      try {
        Files.createFile(file, dev.flightlog.recorder.journal.Owner.fileAttributes(file));
      } catch (FileAlreadyExistsException e) {
        // As it should be from the second time on.
      }
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout=" + PATIENCE_MILLIS);
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        statement.execute(SCHEMA);
        statement.execute(INDEX);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new SqliteQueue(file, retries, clock, connection);
    } catch (SQLException | IOException e) {
      throw new QueueException(
          "the queue "
              + file
              + " cannot be opened ("
              + e.getMessage()
              + "): make its folder writable, or move the file away",
          e);
    }
  }

  @Override
  public RetryPolicy retries() {
    return retries;
  }

  @Override
  public String name() {
    return "sqlite:" + file;
  }

  @Override
  public boolean push(TaskId id) {
    boolean added =
        transaction(now ->
            change(
                    "INSERT INTO queue(task_id, state, until_ms) VALUES(?, 'ready', ?)"
                        + " ON CONFLICT(task_id) DO NOTHING",
                    id.value(),
                    now)
                == 1);
    if (added) {
      lock.lock();
      try {
        pushed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    return added;
  }

  @Override
  public Optional<Lease> take(String owner, Duration lease) {
    return transaction(now -> {
      try (PreparedStatement next =
          prepared(
              "UPDATE queue SET state = 'taken', attempts = attempts + 1, token = token + 1,"
                  + " owner = ?, until_ms = ? WHERE place = (SELECT place FROM queue"
                  + " WHERE state IN ('ready', 'taken') AND until_ms <= ?"
                  + " ORDER BY state = 'taken' DESC, until_ms, place LIMIT 1)"
                  + " RETURNING task_id, token, attempts, until_ms",
              owner,
              now + lease.toMillis(),
              now)) {
        ResultSet row = next.executeQuery();
        return row.next()
            ? Optional.of(
                new Lease(
                    new TaskId(row.getString(1)),
                    row.getLong(2),
                    row.getInt(3),
                    Instant.ofEpochMilli(row.getLong(4))))
            : Optional.empty();
      }
    });
  }

  /** The entry, while this lease is the one in force. */
  private static final String HELD = " WHERE task_id = ? AND token = ? AND state = 'taken'";

  @Override
  public Renewal renew(Lease lease, Duration time) {
    return transaction(now -> {
      try (PreparedStatement renewed =
          prepared(
              "UPDATE queue SET until_ms = ?" + HELD + " RETURNING cancel",
              now + time.toMillis(),
              lease.taskId().value(),
              lease.token())) {
        ResultSet row = renewed.executeQuery();
        return !row.next() ? Renewal.LOST : row.getInt(1) == 1 ? Renewal.CANCEL : Renewal.RENEWED;
      }
    });
  }

  @Override
  public boolean finish(Lease lease) {
    return transaction(now ->
        change(
                "UPDATE queue SET state = 'done', until_ms = ?" + HELD,
                now,
                lease.taskId().value(),
                lease.token())
            == 1);
  }

  @Override
  public Verdict fail(Lease lease) {
    boolean last = lease.attempt() >= retries.attempts();
    long pause = retries.pauseAfter(lease.attempt()).toMillis();
    return transaction(now -> {
      try (PreparedStatement failed =
          prepared(
              "UPDATE queue SET state = CASE WHEN cancel = 1 THEN 'done' ELSE ? END,"
                  + " until_ms = ?"
                  + HELD
                  + " RETURNING state",
              last ? "parked" : "ready",
              last ? now : now + pause,
              lease.taskId().value(),
              lease.token())) {
        ResultSet row = failed.executeQuery();
        if (!row.next()) {
          return Verdict.LOST;
        }
        return switch (row.getString(1)) {
          case "ready" -> Verdict.RETRIED;
          case "parked" -> Verdict.PARKED;
          default -> Verdict.CANCELLED;
        };
      }
    });
  }

  @Override
  public boolean release(Lease lease) {
    return transaction(now ->
        change(
                "UPDATE queue SET state = 'ready', attempts = attempts - 1, until_ms = ?" + HELD,
                now,
                lease.taskId().value(),
                lease.token())
            == 1);
  }

  @Override
  public Cancellation cancel(TaskId id) {
    return transaction(now -> {
      if (change(
              "UPDATE queue SET state = 'done', cancel = 1, until_ms = ?"
                  + " WHERE task_id = ? AND state IN ('ready', 'parked')",
              now,
              id.value())
          == 1) {
        return Cancellation.CANCELLED;
      }
      int asked =
          change("UPDATE queue SET cancel = 1 WHERE task_id = ? AND state = 'taken'", id.value());
      return asked == 1 ? Cancellation.REQUESTED : Cancellation.NOTHING;
    });
  }

  @Override
  public boolean retry(TaskId id) {
    return transaction(now ->
        change(
                "UPDATE queue SET state = 'ready', attempts = 0, until_ms = ?"
                    + " WHERE task_id = ? AND state = 'parked'",
                now,
                id.value())
            == 1);
  }

  @Override
  public Optional<QueueEntry> find(TaskId id) {
    List<QueueEntry> found = entries("WHERE task_id = ?", id.value());
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  @Override
  public List<QueueEntry> pending() {
    return entries("WHERE state <> 'done' ORDER BY place");
  }

  private List<QueueEntry> entries(String where, Object... values) {
    return transaction(now -> {
      List<QueueEntry> all = new ArrayList<>();
      try (PreparedStatement select =
          prepared(
              "SELECT task_id, state, attempts, owner, until_ms, cancel FROM queue " + where,
              values)) {
        ResultSet row = select.executeQuery();
        while (row.next()) {
          QueueState state = QueueState.of(row.getString(2));
          boolean timed = state == QueueState.READY || state == QueueState.TAKEN;
          all.add(
              new QueueEntry(
                  new TaskId(row.getString(1)),
                  state,
                  row.getInt(3),
                  row.getString(4),
                  timed ? Instant.ofEpochMilli(row.getLong(5)) : null,
                  row.getInt(6) == 1));
        }
      }
      return all;
    });
  }

  @Override
  public int forget(Instant doneBefore) {
    return transaction(now ->
        change(
            "DELETE FROM queue WHERE state = 'done' AND until_ms < ?", doneBefore.toEpochMilli()));
  }

  @Override
  public void await(Duration most) throws InterruptedException {
    lock.lock();
    try {
      // A push of this process wakes; those of others are found by looking again.
      boolean woken = pushed.await(Math.min(most.toMillis(), 500), TimeUnit.MILLISECONDS);
      if (woken) {
        return;
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is done within one transaction. */
  private interface Work<T extends @Nullable Object> {
    T at(long now) throws SQLException;
  }

  private <T extends @Nullable Object> T transaction(Work<T> work) {
    lock.lock();
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      boolean committed = false;
      try {
        T result = work.at(clock.millis());
        statement.execute("COMMIT");
        committed = true;
        return result;
      } finally {
        if (!committed) {
          statement.execute("ROLLBACK");
        }
      }
    } catch (SQLException e) {
      throw new QueueException("the queue " + file + " failed: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private int change(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new QueueException("the queue " + file + " cannot be closed: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }
}
