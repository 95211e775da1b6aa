package dev.flightlog.tasks.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.tasks.TaskId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;

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

  @Override
  void lose() {
    server.flush();
  }

  @Override
  int spoil(TaskId id) {
    String prefix = "{flightlog:tasks}";
    try (RedisClient client = RedisClient.create(server.address())) {
      client.xadd(prefix + ":ready", XAddParams.xAddParams(), Map.of("what", "unknown"));
      client.xadd(prefix + ":ready", XAddParams.xAddParams(), Map.of("task", "../../etc"));
      client.zadd(prefix + ":leases", 1, "no task");
      client.zadd(prefix + ":resting", 1, "task-Upper");
      client.zadd(prefix + ":open", 1, "neither");
      client.zadd(prefix + ":open", 2, id + "a");
      client.hset(prefix + ":task:" + id + "a", Map.of("state", "waiting"));
      client.zadd(prefix + ":open", 3, id + "b");
      client.set(prefix + ":task:" + id + "b", "a text");
      client.del(prefix + ":task:" + id);
    }
    return 7;
  }

  @Test
  void keysThatTheServerEvictedAreMadeAgain() {
    String prefix = "{flightlog:tasks}";
    Duration lease = Duration.ofSeconds(30);
    for (String lost : List.of(":ready", ":resting", ":leases", ":open")) {
      server.flush();
      try (TaskQueue queue = open();
          RedisClient client = RedisClient.create(server.address())) {
        TaskId waits = TaskId.ofKey("waits" + lost);
        TaskId runs = TaskId.ofKey("runs" + lost);
        queue.push(runs);
        Lease held = queue.take("worker", lease).orElseThrow();
        queue.push(waits);
        client.del(prefix + lost);
        queue.mend();
        // What the folders say is queued is told to the queue again.
        queue.push(waits);
        if (lost.equals(":open")) {
          assertThat(queue.find(waits)).isPresent();
        }
        step(Duration.ofSeconds(1));
        assertThat(queue.take("worker", lease)).as(lost).map(Lease::taskId).contains(waits);
        assertThat(queue.renew(held, lease)).as(lost).isEqualTo(Renewal.RENEWED);
        step(Duration.ofSeconds(61));
        assertThat(queue.take("other", lease)).as(lost).isPresent();
        assertThat(queue.take("other", lease)).as(lost).isPresent();
      }
    }
  }

  @Test
  void aServerThatCameBackEmptyOrAsAReplicaIsUsedAgain() {
    try (TaskQueue queue = open()) {
      queue.push(TaskId.ofKey("before"));
      server.replicaOf("127.0.0.1", "1");
      assertThatThrownBy(() -> queue.push(TaskId.ofKey("replica")))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining("READONLY");
      server.replicaOf("NO", "ONE");
      assertThat(queue.push(TaskId.ofKey("replica"))).isTrue();
      server.flush();
      assertThat(queue.push(TaskId.ofKey("after"))).isTrue();
      assertThat(queue.take("worker", Duration.ofSeconds(30)))
          .map(Lease::taskId)
          .contains(TaskId.ofKey("after"));
    }
  }

  @Test
  void whenTheAddressLeadsToAnotherServerTheCallThatNoticesGoesThere(@TempDir Path other)
      throws IOException {
    try (RedisServer next = RedisServer.start(other);
        Relay relay = new Relay(port(server));
        TaskQueue queue = RedisQueue.open("redis://127.0.0.1:" + relay.port(), RETRIES)) {
      queue.push(TaskId.ofKey("before"));
      server.replicaOf("127.0.0.1", "1");
      relay.leadTo(port(next));
      assertThat(queue.push(TaskId.ofKey("after"))).isTrue();
      try (TaskQueue there = RedisQueue.open(next.address(), RETRIES)) {
        assertThat(there.find(TaskId.ofKey("after"))).isPresent();
      }
    } finally {
      server.replicaOf("NO", "ONE");
    }
  }

  private static int port(RedisServer server) {
    return URI.create(server.address()).getPort();
  }

  @Test
  void anAddressThatIsNoneIsRefusedWithoutThePassword() {
    for (String wrong : List.of("http://u:hidden@h:1", "redis:", "not an address hidden")) {
      assertThatThrownBy(() -> RedisQueue.open(wrong, RETRIES))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining("queue.address")
          .hasMessageNotContaining("hidden");
    }
  }

  @Test
  void aServerThatIsNotThereIsToldWithoutThePassword() {
    assertThatThrownBy(
            () -> {
              try (TaskQueue queue = RedisQueue.open("redis://user:hidden@127.0.0.1:1", RETRIES)) {
                queue.origin();
              }
            })
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("redis://127.0.0.1:1")
        .hasMessageContaining("queue.address")
        .hasMessageNotContaining("hidden");
  }
}
