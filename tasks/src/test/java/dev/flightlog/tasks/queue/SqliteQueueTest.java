package dev.flightlog.tasks.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.database.DurableDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueueTest extends QueueContract {
  @TempDir Path folder;
  private volatile Instant time = Instant.parse("2026-02-01T09:00:00Z");

  @Override
  TaskQueue open() {
    return SqliteQueue.open(folder.resolve("queue.db"), RETRIES, () -> time);
  }

  @Override
  void step(Duration step) {
    time = time.plus(step);
  }

  @Override
  long now() {
    return time.toEpochMilli();
  }

  @Override
  void lose() throws IOException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("queue.db" + end));
    }
  }

  @Override
  int spoil(TaskId id) throws SQLException {
    List<String> rows =
        List.of(
            "'" + id + "', 'waiting', 0, 0, 0",
            "'../../etc', 'ready', 0, 0, 0",
            "'task-Upper', 'taken', 0, 0, 0",
            "'task-ends-', 'ready', 0, 0, 0",
            "x'00ff', 'ready', 0, 0, 0",
            "'" + id + "a', 'ready', 'many', 0, 0",
            "'" + id + "b', 'ready', 0, 0.5, 0",
            "'" + id + "c', 'ready', 0, 0, 'soon'",
            "'" + id + "d', 'ready', 0, 0, 9e18");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.db"));
        Statement statement = connection.createStatement()) {
      for (String row : rows) {
        statement.execute(
            "INSERT INTO queue(task_id, state, attempts, token, until_ms) VALUES(" + row + ")");
      }
    }
    return rows.size();
  }

  @Test
  void aDiskThatWasFullLeavesNothingBroken() throws Exception {
    try (DurableDatabase database =
        DurableDatabase.open(
            folder.resolve("full.db"), List.of("CREATE TABLE IF NOT EXISTS t (a TEXT)"))) {
      assertThatThrownBy(() ->
              database.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("PRAGMA max_page_count=3");
                  statement.execute("INSERT INTO t VALUES(zeroblob(100000))");
                }
                return true;
              }))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("full");
      int rows =
          database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.executeUpdate("INSERT INTO t VALUES('again')");
            }
          });
      assertThat(rows).isEqualTo(1);
    }
  }

  @Test
  void leasesDoNotEndBecauseTheWallClockIsSet() throws Exception {
    Path file = folder.resolve("machine.db");
    try (DurableDatabase database = DurableDatabase.open(file, SqliteQueueSchema.STATEMENTS)) {
      long now = 1_700_000_000_000L;
      assertThat(told(database, "boot", 1_000, now)).isEqualTo(now);
      assertThat(told(database, "boot", 2_000, now + 3_600_000)).isEqualTo(now + 1_000);
      assertThat(told(database, "boot", 3_000, now - 3_600_000)).isEqualTo(now + 2_000);
      // Started again with a clock that is behind: the time of leases does not go back.
      assertThat(told(database, "next", 500, now - 3_600_000)).isGreaterThanOrEqualTo(now);
    }
  }

  private static long told(DurableDatabase database, String boot, long passed, long wall)
      throws SQLException {
    return database.write(connection ->
        SqliteQueueSchema.time(connection, new MachineClock.Reading(boot, passed), wall));
  }

  @Test
  void aFileThatIsNoQueueIsRefusedWithAWayOut() throws Exception {
    Files.writeString(
        folder.resolve("queue.db"), "this is no database, and longer than a header".repeat(50));
    assertThatThrownBy(this::open)
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("queue.db")
        .hasMessageContaining("move the file away");
  }
}
