package dev.flightlog.stores.sqlite;

import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections that read, used again and again; one that failed is closed by whoever had it and not
 * given back. Safe for many threads.
 */
final class Readers {
  private static final int MOST_IDLE = 4;

  private final Path db;
  private final Deque<DatabaseConnection> idle = new ArrayDeque<>();
  private final LongAdder eventsRead = new LongAdder();
  private boolean closed;

  Readers(Path db) {
    this.db = db;
  }

  /** A connection whose statements may work so long. */
  DatabaseConnection take(Duration patience) throws SQLException {
    DatabaseConnection connection;
    synchronized (idle) {
      connection = idle.poll();
    }
    if (connection == null) {
      connection = DatabaseConnection.open(db, true);
    }
    connection.patience(patience);
    return connection;
  }

  void giveBack(DatabaseConnection connection) {
    eventsRead.add(connection.takeEventsRead());
    synchronized (idle) {
      if (!closed && idle.size() < MOST_IDLE) {
        idle.push(connection);
        return;
      }
    }
    connection.close();
  }

  /** Closes those that nobody uses now. */
  void closeIdle() {
    synchronized (idle) {
      idle.forEach(DatabaseConnection::close);
      idle.clear();
    }
  }

  /** From now on those that are given back are closed. */
  void close() {
    synchronized (idle) {
      closed = true;
    }
    closeIdle();
  }

  /** How many events were read one by one. */
  long eventsRead() {
    return eventsRead.sum();
  }
}
