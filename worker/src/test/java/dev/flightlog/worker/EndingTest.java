package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueState;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.TaskQueue.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With an agent that forks, forks twice, leaves its session, clears its environment, ignores TERM.
 */
@Timeout(120)
class EndingTest {
  private static final Set<String> FAMILY = Set.of("first", "child", "orphan", "bare");

  @TempDir Path home;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(home, new RetryPolicy(1, Duration.ZERO, Duration.ZERO), 100 << 20);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private AgentCommand family(String beats) {
    return AgentCommand.of(
        "agent", List.of("sh", Bench.agent("family.sh").toString(), home.toString(), beats));
  }

  private boolean allBeat() {
    try {
      return Beats.read(home).values().stream()
          .anyMatch(life -> life.lastByName().keySet().containsAll(FAMILY));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean anybodyIsLeft(TaskId id) throws IOException {
    AgentMark mark = AgentMark.of(bench.queue, id, 0);
    String locks = Launch.locks(home.resolve("tasks/.locks"), id.value());
    return !LiveAgents.find(mark.task(), locks).isEmpty();
  }

  @Test
  void cancellingEndsTheWholeFamilyWithinFiveSeconds() throws Exception {
    bench.agents.put("agent", family("ever"));
    TaskId id = bench.task("cancelled", "x");
    Thread worker = Thread.ofPlatform().start(this::runReady);
    until(this::allBeat);
    long asked = System.nanoTime();
    TaskEnding ending = new TaskEnding(bench.folders, bench.recorder);
    assertThat(ending.cancel(bench.queue, id, Instant.now())).isEqualTo(Cancellation.REQUESTED);
    worker.join();
    assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
    assertThat(anybodyIsLeft(id)).isFalse();
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(bench.folders.result(id).orElseThrow().error()).isEqualTo("cancelled while it ran");
    assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.DONE);
  }

  private void runReady() {
    try {
      bench.worker().runReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTimeoutEndsTheWholeFamily() throws Exception {
    // On a busy machine it may take longer until all of the family are there.
    int seconds = 2;
    TaskId id = bench.run(family("ever").timeout(Duration.ofSeconds(seconds)), "x");
    while (!allBeat()) {
      assertThat(seconds).isLessThan(30);
      seconds *= 4;
      id = bench.run(family("ever").timeout(Duration.ofSeconds(seconds)), "x " + seconds);
    }
    assertThat(anybodyIsLeft(id)).isFalse();
    assertThat(bench.folders.result(id).orElseThrow().error())
        .contains("longer than its " + seconds + " s");
    assertThat(bench.text(id, TaskFile.AGENT_OUTPUT))
        .contains("time limit of " + seconds + " s reached");
  }

  @Test
  void whatAnAgentLeavesBehindEndsWithIt() throws Exception {
    TaskId id = bench.run(family("30"), "x");
    assertThat(bench.folders.result(id).orElseThrow().result()).isEqualTo("done after 30 beats");
    assertThat(allBeat()).isTrue();
    assertThat(anybodyIsLeft(id)).isFalse();
  }

  @Test
  void aStoppedWorkerGivesItsTaskBackAndLeavesNoAgent() throws Exception {
    bench.agents.put("agent", family("ever"));
    TaskId id = bench.task("stopped", "x");
    Worker worker = bench.worker();
    Thread running =
        Thread.ofPlatform()
            .start(() -> {
              try {
                worker.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    until(this::allBeat);
    worker.stop();
    running.join();
    assertThat(anybodyIsLeft(id)).isFalse();
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(bench.queue.find(id))
        .contains(
            new QueueEntry(
                id,
                QueueState.READY,
                0,
                "test",
                bench.queue.find(id).orElseThrow().until(),
                false));
  }

  @Test
  void anAgentThatHasAnsweredAndGoesOnIsEndedAndItsAnswerCounts() throws Exception {
    String stream =
        "printf '%s\\n' '{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\"}'"
            + " '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,"
            + "\"result\":\"done\",\"session_id\":\"s\"}'; ";
    TaskId hangs =
        bench.run(AgentCommand.of("agent", List.of("sh", "-c", stream + "sleep 600")), "x");
    assertThat(bench.found(hangs).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(bench.folders.result(hangs).orElseThrow().result()).isEqualTo("done");
    assertThat(bench.text(hangs, TaskFile.AGENT_OUTPUT)).contains("it has answered");
    TaskId fails = bench.run(AgentCommand.of("agent", List.of("sh", "-c", stream + "exit 1")), "y");
    assertThat(bench.found(fails).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(bench.journal("agent_started")).hasSize(2);
  }

  @Test
  void aWorkerThatIsHandedItsOwnTaskOnceMoreGoesOnWithIt() throws Exception {
    bench.lease = Duration.ofSeconds(5);
    bench.atOnce = 2;
    bench.agents.put("agent", family("20"));
    TaskId id = bench.task("slept", "x");
    Worker worker = bench.worker();
    Thread running =
        Thread.ofPlatform()
            .start(() -> {
              try {
                worker.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    until(this::allBeat);
    // As after a sleep that was longer than the lease.
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + home.resolve("queue.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute("UPDATE queue SET until_ms = 0");
    }
    until(() -> {
      try {
        return bench.found(id).status().isFinal();
      } catch (IOException e) {
        return false;
      }
    });
    worker.stop();
    running.join();
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(bench.journal("agent_started")).hasSize(1);
    assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.DONE);
  }

  @Test
  void aLeaseThatSomebodyElseGotEndsTheAgentAndWritesNothing() throws Exception {
    bench.lease = Duration.ofSeconds(2);
    bench.agents.put("agent", family("ever"));
    TaskId id = bench.task("lost", "x");
    Thread worker = Thread.ofPlatform().start(this::runReady);
    until(this::allBeat);
    // As if this worker had been stopped for longer than its lease.
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + home.resolve("queue.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute("UPDATE queue SET token = token + 1, until_ms = until_ms + 3600000");
    }
    worker.join();
    assertThat(anybodyIsLeft(id)).isFalse();
    assertThat(bench.folders.result(id)).isEmpty();
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.RUNNING);
  }
}
