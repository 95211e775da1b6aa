package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueState;
import dev.flightlog.tasks.queue.RedisServer;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers are killed at random moments while their agents do all they can to survive. Two workers
 * share the queue, so that somebody always wants the task of the dead. -Dflightlog.kill.workers=500
 * is the long version; -Dflightlog.seed repeats a run.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class KillStormTest {
  private static final int KILLS = Integer.getInteger("flightlog.kill.workers", 8);
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int BEATS = 20;

  @TempDir Path home;
  private final long seed = Long.getLong("flightlog.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Long> tookUpMillis = new ArrayList<>();

  @Test
  void noTaskIsLostAndNoTwoAgentsLiveTogetherWhenWorkersAreKilled() throws Exception {
    storm("", KILLS);
  }

  @Test
  void theSameHoldsForTwoWorkersOnRedis() throws Exception {
    try (RedisServer redis = RedisServer.start(Files.createDirectory(home.resolve("redis")))) {
      storm(redis.address(), Math.max(3, KILLS / 4));
    }
  }

  private void storm(String address, int kills) throws Exception {
    System.out.println("seed " + seed + ": -Dflightlog.seed=" + seed);
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home));
        TaskQueue queue = WorkerProcess.queue(home, address)) {
      TaskFolders folders =
          new TaskFolders(
              TaskFolderSettings.in(home.resolve("tasks")),
              Redactor.create(RedactionKey.of(new byte[32])),
              recorder);
      List<TaskId> ids = new ArrayList<>();
      Process[] workers = {start(address), start(address)};
      for (int kill = 0; kill < kills; kill++) {
        while (queue.pending().size() < 2) {
          ids.add(push(folders, queue, "storm " + ids.size()));
        }
        int victim = random.nextInt(2);
        String owner = "worker-" + workers[victim].pid();
        if (random.nextInt(5) > 0) {
          // Mostly while it holds a task; else perhaps before it has even looked.
          EndingTest.until(() -> {
            List<QueueEntry> pending = queue.pending();
            return pending.isEmpty() || pending.stream().anyMatch(held -> isHeld(held, owner));
          });
        }
        LockSupport.parkNanos(random.nextInt(1500) * 1_000_000L);
        workers[victim].destroyForcibly().waitFor();
        long killed = System.nanoTime();
        workers[victim] = start(address);
        watch(queue, owner, killed);
      }
      EndingTest.until(() -> queue.pending().isEmpty());
      for (Process worker : workers) {
        worker.destroyForcibly().waitFor();
      }
      Map<String, Beats.Life> lives = Beats.read(home);
      assertThat(Beats.together(lives)).as("two agents at once, seed %d", seed).isEmpty();
      for (TaskId id : ids) {
        assertThat(queue.find(id))
            .as("seed %d", seed)
            .map(QueueEntry::state)
            .contains(QueueState.DONE);
        assertThat(folders.find(id)).map(Task::status).contains(TaskStatus.SUCCEEDED);
        assertThat(folders.result(id)).hasValueSatisfying(r -> assertThat(r.success()).isTrue());
      }
      // The figure is printed; here only that nobody waits for ever, however slow the machine is.
      assertThat(tookUpMillis)
          .as("milliseconds until a dead worker's task was taken, seed %d", seed)
          .allMatch(millis -> millis <= LEASE.toMillis() + 60_000);
      System.out.println(
          kills
              + " kills, "
              + ids.size()
              + " tasks, "
              + lives.size()
              + " runs, taken up after "
              + tookUpMillis);
    }
  }

  private Process start(String address) throws IOException {
    return WorkerProcess.start(home, address, LEASE, BEATS);
  }

  private static TaskId push(TaskFolders folders, TaskQueue queue, String key) throws IOException {
    TaskId id = TaskId.ofKey(key);
    folders.create(
        Task.queued(id, "cli", null, Instant.now(), null),
        new TaskInput("do it", Map.of()),
        List.of());
    queue.push(id);
    return id;
  }

  /** Watches how long the task that the dead worker held, if any, stays its. */
  private void watch(TaskQueue queue, String owner, long killed) {
    for (QueueEntry held : queue.pending()) {
      if (isHeld(held, owner)) {
        EndingTest.until(
            () -> queue.find(held.taskId()).filter(entry -> isHeld(entry, owner)).isEmpty());
        tookUpMillis.add((System.nanoTime() - killed) / 1_000_000);
      }
    }
  }

  private static boolean isHeld(QueueEntry entry, String owner) {
    return entry.state() == QueueState.TAKEN && owner.equals(entry.owner());
  }
}
