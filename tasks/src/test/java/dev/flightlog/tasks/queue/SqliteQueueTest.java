package dev.flightlog.tasks.queue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
