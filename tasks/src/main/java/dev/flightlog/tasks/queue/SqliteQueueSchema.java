package dev.flightlog.tasks.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of the queue's file: entries, what was set aside, what tells this file from one that
 * was lost, and the time that all processes of the machine share. Stateless; every method runs in
 * the caller's transaction.
 */
final class SqliteQueueSchema {
  static final List<String> STATEMENTS =
      List.of(
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
          """,
          "CREATE INDEX IF NOT EXISTS queue_open ON queue(state, until_ms, place)",
          "CREATE TABLE IF NOT EXISTS set_aside (content TEXT, reason TEXT, at_ms INTEGER)",
          "CREATE TABLE IF NOT EXISTS origin (id TEXT)",
          "INSERT INTO origin SELECT lower(hex(randomblob(8)))"
              + " WHERE NOT EXISTS (SELECT 1 FROM origin)",
          "CREATE TABLE IF NOT EXISTS time (boot TEXT, offset_ms INTEGER, last_ms INTEGER)");

  /** What no entry is that this version, or one before it, has written. */
  private static final String BROKEN =
      " WHERE state NOT IN ('ready', 'taken', 'parked', 'done')"
          + " OR typeof(task_id) <> 'text' OR typeof(until_ms) <> 'integer'"
          + " OR typeof(attempts) <> 'integer' OR typeof(token) <> 'integer'"
          + " OR abs(attempts) > 1000000000 OR until_ms NOT BETWEEN 0 AND 253402300799999"
          + " OR task_id NOT GLOB 'task-[a-z0-9]*'"
          + " OR (state <> 'done' AND (task_id GLOB '*[^a-z0-9-]*' OR task_id GLOB '*-'"
          + " OR length(task_id) NOT BETWEEN 9 AND 69))";

  private SqliteQueueSchema() {}

  /**
   * Moves what nobody can understand out of the way. A task whose id is right is entered anew when
   * somebody looks through the task folders.
   */
  static int setBrokenAside(Connection connection, long now) throws SQLException {
    SqliteQueue.change(
        connection,
        "INSERT INTO set_aside SELECT substr(quote(task_id) || ' ' || quote(state) || ' '"
            + " || quote(attempts) || ' ' || quote(token) || ' ' || quote(until_ms), 1, 500),"
            + " 'no entry that this version knows', ? FROM queue"
            + BROKEN,
        now);
    return SqliteQueue.change(connection, "DELETE FROM queue" + BROKEN);
  }

  static List<BrokenEntry> broken(Connection connection) throws SQLException {
    List<BrokenEntry> all = new ArrayList<>();
    try (PreparedStatement select =
            SqliteQueue.prepared(
                connection, "SELECT content, reason, at_ms FROM set_aside ORDER BY rowid");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.add(
            new BrokenEntry(
                String.valueOf(row.getString(1)),
                String.valueOf(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3))));
      }
    }
    return all;
  }

  /**
   * The queue's time: the wall clock's when it was first asked after the machine's start, and from
   * then on what the machine says has passed; never less than what was told before.
   */
  static long time(Connection connection, MachineClock.Reading reading, long wall)
      throws SQLException {
    Long offset = null;
    long last = 0;
    try (PreparedStatement select =
            SqliteQueue.prepared(connection, "SELECT boot, offset_ms, last_ms FROM time");
        ResultSet row = select.executeQuery()) {
      if (row.next()) {
        last = row.getLong(3);
        offset = reading.boot().equals(row.getString(1)) ? (Long) row.getLong(2) : null;
      }
    }
    if (offset != null) {
      return offset + reading.millis();
    }
    long now = Math.max(wall, last);
    SqliteQueue.change(connection, "DELETE FROM time");
    SqliteQueue.change(
        connection,
        "INSERT INTO time VALUES(?, ?, ?)",
        reading.boot(),
        now - reading.millis(),
        now);
    return now;
  }
}
