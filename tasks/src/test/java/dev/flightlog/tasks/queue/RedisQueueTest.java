package dev.flightlog.tasks.queue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisQueueTest extends QueueContract {
  @TempDir static Path folder;
  private static RedisServer server;

  private volatile long ahead;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.flush();
  }

  @Override
  TaskQueue open() {
    return RedisQueue.open(server.address(), RETRIES, () -> ahead);
  }

  @Override
  void step(Duration step) {
    ahead += step.toMillis();
  }

  @Override
  long now() {
    return System.currentTimeMillis() + ahead;
  }

  @Test
  void aServerThatIsNotThereIsToldWithoutThePassword() {
    assertThatThrownBy(() -> RedisQueue.open("redis://user:hidden@127.0.0.1:1", RETRIES))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("redis://127.0.0.1:1")
        .hasMessageContaining("queue.address")
        .hasMessageNotContaining("hidden");
  }
}
