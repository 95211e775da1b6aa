package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.queue.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signed webhooks come in all the time, while Redis is killed, emptied and made a replica, the
 * worker's clock jumps an hour, and server and worker are killed. Whatever was answered is done in
 * the end, and nothing stays broken. For {@code -Dflightlog.chaos.seconds=N}; a seed repeats the
 * order of faults.
 */
class ChaosTest {
  private static final int SECONDS = Integer.getInteger("flightlog.chaos.seconds", 25);
  private static final long SEED = Long.getLong("flightlog.seed", System.nanoTime());

  /**
   * Clocks are set in long runs only, where there is libfaketime: it makes a process several times
   * slower.
   */
  private static final boolean CLOCKS = SECONDS > 60;

  /** How long anything may stay broken after the last fault. */
  private static final Duration HEALING = Duration.ofSeconds(30);

  private enum Fault {
    REDIS_KILLED,
    REDIS_EMPTIED,
    REDIS_REPLICA,
    SERVER_KILLED,
    WORKER_KILLED,
    CLOCK_AHEAD,
    CLOCK_BEHIND
  }

  @TempDir Path folder;

  @Test
  @Timeout(value = 2700, unit = TimeUnit.SECONDS)
  void whateverWasAnsweredIsDoneAndNothingStaysBroken() throws Exception {
    System.out.println("ChaosTest -Dflightlog.seed=" + SEED);
    Random random = new Random(SEED);
    Path disk = Files.createDirectory(folder.resolve("redis"));
    List<Fault> faults = new ArrayList<>();
    try (RedisServer redis = RedisServer.start(disk);
        ChaosProcesses processes = new ChaosProcesses(folder, redis.address(), CLOCKS);
        ChaosSender sender = new ChaosSender(processes)) {
      processes.startServer();
      processes.startWorker();
      sender.start();
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end) {
        Fault fault = Fault.values()[random.nextInt(CLOCKS ? 7 : 5)];
        faults.add(fault);
        apply(fault, redis, processes, random);
        processes.pause(1000 + random.nextInt(1500));
      }
      sender.stop();
      String what = "seed " + SEED + ", " + faults + "\n" + processes.messages();
      Set<String> answered = sender.answered();
      assertThat(answered).as(what).isNotEmpty();
      long healed = System.nanoTime() + HEALING.toNanos();
      while (processes.succeeded().size() < answered.size() && System.nanoTime() < healed) {
        processes.pause(200);
      }
      what = "seed " + SEED + ", " + faults + "\n" + processes.messages();
      assertThat(processes.succeeded()).as(what).hasSize(answered.size());
      // An agent runs again only when its worker was killed under it.
      List<String> runs = processes.runs();
      Set<String> once = new HashSet<>(runs);
      long kills = faults.stream().filter(each -> each == Fault.WORKER_KILLED).count();
      assertThat(runs.size() - once.size()).as(what).isLessThanOrEqualTo((int) (2 * kills));
      assertThat(once).as(what).hasSize(answered.size());
      System.out.println(
          "ChaosTest: "
              + answered.size()
              + " deliveries, "
              + faults.size()
              + " faults, "
              + (runs.size() - once.size())
              + " runs again after "
              + kills
              + " kills of the worker");
    }
  }

  private static void apply(Fault fault, RedisServer redis, ChaosProcesses processes, Random random)
      throws Exception {
    switch (fault) {
      case REDIS_KILLED -> {
        redis.kill();
        processes.pause(random.nextInt(2000));
        redis.startAgain();
      }
      case REDIS_EMPTIED -> redis.flush();
      case REDIS_REPLICA -> {
        redis.replicaOf("127.0.0.1", "1");
        processes.pause(random.nextInt(2000));
        redis.replicaOf("NO", "ONE");
      }
      case SERVER_KILLED -> {
        processes.killServer();
        processes.startServer();
      }
      case WORKER_KILLED -> {
        processes.killWorker();
        processes.startWorker();
      }
      case CLOCK_AHEAD -> processes.clock("+1h");
      case CLOCK_BEHIND -> processes.clock("-1h");
    }
  }
}
