package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.database.DurableDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * the file; its time is that of the machine's start plus what has passed since, so that setting the
 * wall clock ends no lease.
 */
public final class SqliteQueue implements TaskQueue {
  private final DurableDatabase database;
  private final RetryPolicy retries;
  private final @Nullable InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition pushed = lock.newCondition();

  private SqliteQueue(
      DurableDatabase database, RetryPolicy retries, @Nullable InstantSource clock) {
    this.database = database;
    this.retries = retries;
    this.clock = clock;
  }

  /**
   * Opens the queue in this file, which is made, for its owner only, when it is not there.
   *
   * @throws QueueException when it cannot be opened
   */
  public static SqliteQueue open(Path file, RetryPolicy retries) {
    return opened(file, retries, null);
  }

  /** As {@link #open(Path, RetryPolicy)}, by a clock that all who open the file share. */
  public static SqliteQueue open(Path file, RetryPolicy retries, InstantSource clock) {
    return opened(file, retries, clock);
  }

  private static SqliteQueue opened(Path file, RetryPolicy retries, @Nullable InstantSource clock) {
    try {
      return new SqliteQueue(
          DurableDatabase.open(file, SqliteQueueSchema.STATEMENTS), retries, clock);
    } catch (SQLException e) {
      throw new QueueException(
          "the queue "
              + file
              + " cannot be opened ("
              + e.getMessage()
              + "): make its folder writable; or, when it is damaged, move the file away:"
              + " the next worker makes another one from the task folders",
          e);
    }
  }

  @Override
  public RetryPolicy retries() {
    return retries;
  }

  @Override
  public String name() {
    return "sqlite:" + database.file();
  }

  @Override
  public String origin() {
    return transaction(
        false,
        (connection, now) -> {
          try (PreparedStatement select = prepared(connection, "SELECT id FROM origin");
              ResultSet row = select.executeQuery()) {
            return row.next() ? row.getString(1) : "none";
          }
        });
  }

  @Override
  public boolean push(TaskId id) {
    boolean added =
        transaction((connection, now) ->
            change(
                    connection,
                    "INSERT INTO queue(task_id, state, until_ms) VALUES(?, 'ready', ?)"
                        + " ON CONFLICT(task_id) DO NOTHING",
                    id.value(),
                    now)
                == 1);
    if (added) {
      wake();
    }
    return added;
  }

  private void wake() {
    lock.lock();
    try {
      pushed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Lease> take(String owner, Duration lease) {
    return transaction((connection, now) -> {
      while (true) {
        try (PreparedStatement next =
            prepared(
                connection,
                "UPDATE queue SET state = 'taken', attempts = attempts + 1, token = token + 1,"
                    + " owner = ?, until_ms = ? WHERE place = (SELECT place FROM queue"
                    + " WHERE state IN ('ready', 'taken') AND until_ms <= ?"
                    + " ORDER BY state = 'taken' DESC, until_ms, place LIMIT 1)"
                    + " RETURNING task_id, token, attempts, until_ms, place",
                owner,
                now + lease.toMillis(),
                now)) {
          ResultSet row = next.executeQuery();
          if (!row.next()) {
            return Optional.empty();
          }
          String id = String.valueOf(row.getString(1));
          if (TaskId.isValid(id)) {
            return Optional.of(
                new Lease(
                    new TaskId(id),
                    row.getLong(2),
                    row.getInt(3),
                    Instant.ofEpochMilli(row.getLong(4))));
          }
        }
        if (SqliteQueueSchema.setBrokenAside(connection, now) == 0) {
          throw new SQLException("an entry has no task: it needs a look by hand");
        }
      }
    });
  }

  /** The entry, while this lease is the one in force. */
  private static final String HELD = " WHERE task_id = ? AND token = ? AND state = 'taken'";

  @Override
  public Renewal renew(Lease lease, Duration time) {
    return transaction((connection, now) -> {
      try (PreparedStatement renewed =
          prepared(
              connection,
              "UPDATE queue SET until_ms = ?" + HELD + " RETURNING cancel",
              now + time.toMillis(),
              lease.taskId().value(),
              lease.token())) {
        ResultSet row = renewed.executeQuery();
        if (row.next()) {
          return row.getInt(1) == 1 ? Renewal.CANCEL : Renewal.RENEWED;
        }
      }
      int entered =
          change(
              connection,
              "INSERT INTO queue(task_id, state, attempts, token, owner, until_ms)"
                  + " VALUES(?, 'taken', ?, ?, ?, ?) ON CONFLICT(task_id) DO NOTHING",
              lease.taskId().value(),
              lease.attempt(),
              lease.token(),
              "who held it before the queue was lost",
              now + time.toMillis());
      return entered == 1 ? Renewal.RENEWED : Renewal.LOST;
    });
  }

  @Override
  public boolean finish(Lease lease) {
    return transaction(
        (connection, now) -> held(connection, "state = 'done', until_ms = ?", now, lease) == 1);
  }

  private static int held(Connection connection, String set, long until, Lease lease)
      throws SQLException {
    return change(
        connection, "UPDATE queue SET " + set + HELD, until, lease.taskId().value(), lease.token());
  }

  @Override
  public Verdict fail(Lease lease) {
    boolean last = lease.attempt() >= retries.attempts();
    long pause = retries.pauseAfter(lease.attempt()).toMillis();
    return transaction((connection, now) -> {
      try (PreparedStatement failed =
          prepared(
              connection,
              "UPDATE queue SET state = CASE WHEN cancel = 1 THEN 'done' ELSE ? END,"
                  + " until_ms = CASE WHEN cancel = 1 THEN ? ELSE ? END"
                  + HELD
                  + " RETURNING state",
              last ? "parked" : "ready",
              now,
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
  public boolean park(Lease lease) {
    return transaction(
        (connection, now) -> held(connection, "state = 'parked', until_ms = ?", now, lease) == 1);
  }

  @Override
  public boolean release(Lease lease) {
    return transaction((connection, now) ->
        held(connection, "state = 'ready', attempts = attempts - 1, until_ms = ?", now, lease)
            == 1);
  }

  @Override
  public Cancellation cancel(TaskId id) {
    return transaction((connection, now) -> {
      if (change(
              connection,
              "UPDATE queue SET state = 'done', cancel = 1, until_ms = ?"
                  + " WHERE task_id = ? AND state IN ('ready', 'parked')",
              now,
              id.value())
          == 1) {
        return Cancellation.CANCELLED;
      }
      int asked =
          change(
              connection,
              "UPDATE queue SET cancel = 1 WHERE task_id = ? AND state = 'taken'",
              id.value());
      return asked == 1 ? Cancellation.REQUESTED : Cancellation.NOTHING;
    });
  }

  @Override
  public boolean retry(TaskId id) {
    boolean ready =
        transaction((connection, now) ->
            change(
                    connection,
                    "UPDATE queue SET state = 'ready', attempts = 0, cancel = 0, until_ms = ?"
                        + " WHERE task_id = ? AND state IN ('parked', 'done')",
                    now,
                    id.value())
                == 1);
    if (ready) {
      wake();
    }
    return ready;
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
    return transaction(
        false,
        (connection, now) -> {
          List<QueueEntry> all = new ArrayList<>();
          try (PreparedStatement select =
              prepared(
                  connection,
                  "SELECT task_id, state, attempts, owner, until_ms, cancel FROM queue " + where,
                  values)) {
            ResultSet row = select.executeQuery();
            while (row.next()) {
              entry(row).ifPresent(all::add);
            }
          }
          return all;
        });
  }

  /** The entry at the cursor; nothing when it is one that {@link #mend} sets aside. */
  private static Optional<QueueEntry> entry(ResultSet row) throws SQLException {
    String id = String.valueOf(row.getString(1));
    Optional<QueueState> state = QueueState.of(String.valueOf(row.getString(2)));
    if (state.isEmpty() || !TaskId.isValid(id)) {
      return Optional.empty();
    }
    boolean timed = state.get() == QueueState.READY || state.get() == QueueState.TAKEN;
    return Optional.of(
        new QueueEntry(
            new TaskId(id),
            state.get(),
            row.getInt(3),
            row.getString(4),
            timed ? Instant.ofEpochMilli(row.getLong(5)) : null,
            row.getInt(6) == 1));
  }

  @Override
  public void mend() {
    int broken = transaction(SqliteQueueSchema::setBrokenAside);
    if (broken > 0) {
      wake();
    }
  }

  @Override
  public List<BrokenEntry> broken() {
    return transaction(false, (connection, now) -> SqliteQueueSchema.broken(connection));
  }

  @Override
  public int forget(Instant doneBefore) {
    return transaction((connection, now) ->
        change(
            connection,
            "DELETE FROM queue WHERE state = 'done' AND until_ms < ?",
            doneBefore.toEpochMilli()));
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
    T at(Connection connection, long now) throws SQLException;
  }

  private <T extends @Nullable Object> T transaction(Work<T> work) {
    return transaction(true, work);
  }

  private <T extends @Nullable Object> T transaction(boolean changes, Work<T> work) {
    DurableDatabase.Work<T> timed =
        connection -> work.at(connection, changes ? now(connection) : 0);
    try {
      return changes ? database.write(timed) : database.read(timed);
    } catch (SQLException e) {
      throw new QueueException("the queue " + database.file() + " failed: " + e.getMessage(), e);
    }
  }

  private long now(Connection connection) throws SQLException {
    InstantSource given = clock;
    if (given != null) {
      return given.millis();
    }
    try {
      return SqliteQueueSchema.time(
          connection, MachineClock.read(), InstantSource.system().millis());
    } catch (IOException noSuchClock) {
      return InstantSource.system().millis();
    }
  }

  static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  static int change(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
