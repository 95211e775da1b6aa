package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskResult;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueState;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  private static final String SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

  @TempDir Path home;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(home);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskResult result(TaskId id) throws IOException {
    return bench.folders.result(id).orElseThrow();
  }

  private TaskId shell(String script) throws IOException, InterruptedException {
    return bench.run("sh", "-c", script);
  }

  @Test
  void aCommandGetsTheTextOnStandardInputAndItsOutputIsTheResult() throws Exception {
    TaskId id = shell("read text; echo \"I was told: $text\"; echo careful >&2; echo finished");
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(bench.found(id).assignedAgent()).isEqualTo("agent");
    assertThat(bench.found(id).startedAt()).isNotNull();
    assertThat(result(id).success()).isTrue();
    assertThat(result(id).result()).isEqualTo("finished");
    assertThat(result(id).metrics().durationSeconds()).isBetween(0.0, 60.0);
    assertThat(result(id).metrics().inputTokens()).isNull();
    assertThat(result(id).metrics().outputTokens()).isNull();
    assertThat(bench.text(id, TaskFile.AGENT_OUTPUT).lines())
        .hasSize(3)
        .anyMatch(line -> line.endsWith("\"type\":\"output\",\"content\":\"I was told: do it\"}"))
        .anyMatch(line -> line.endsWith("\"type\":\"error\",\"content\":\"careful\"}"));
    assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.DONE);
    for (String type :
        List.of(
            "task_request", "task_assigned", "agent_started", "agent_finished", "task_outcome")) {
      assertThat(bench.journal(type))
          .as(type)
          .singleElement()
          .asString()
          .contains("\"task_id\":\"" + id + "\"");
    }
    assertThat(bench.journal("task_status")).hasSize(3);
  }

  @Test
  void whatNobodyExpectsEndsNoWorker() throws Exception {
    bench.agents.put("agent", AgentCommand.of("agent", List.of("sh", "-c", "echo done")));
    TaskId id = bench.task("odd", "do it");
    List<String> problems = new CopyOnWriteArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    List<Throwable> thrown =
        List.of(
            new StringIndexOutOfBoundsException("an odd entry"),
            new OutOfMemoryError("unable to create native thread"));
    TaskQueue odd =
        (TaskQueue)
            Proxy.newProxyInstance(
                TaskQueue.class.getClassLoader(),
                new Class<?>[] {TaskQueue.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("take") && asked.get() < thrown.size()) {
                    throw thrown.get(asked.getAndIncrement());
                  }
                  return method.invoke(bench.queue, arguments);
                });
    Worker worker =
        new Worker(
            bench.settings(), odd, bench.folders, bench.redactor, bench.recorder, problems::add);
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                worker.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      while (!bench.found(id).status().isFinal()) {
        assertThat(thread.isAlive()).as("the worker works: " + problems).isTrue();
        thread.join(Duration.ofMillis(20));
      }
    } finally {
      worker.stop();
      thread.join();
    }
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(problems).hasSize(2);
    assertThat(problems.getFirst()).contains("the worker failed").contains("an odd entry");
    assertThat(problems.getLast()).contains("the worker works again");
  }

  @Test
  void anAgentThatCostsMoreThanItMayIsEndedAndNotTriedAgain() throws Exception {
    String lines = "head -n 12 '" + Bench.agent("ci-log-1.jsonl") + "'; sleep 300";
    AgentCommand agent = AgentCommand.of("agent", List.of("sh", "-c", lines)).budget(0.000_001);

    TaskId id = bench.run(agent, "do it");

    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(bench.text(id, TaskFile.FINAL_RESULT))
        .contains("\"success\":false")
        .contains("it was ended because it cost $")
        .contains("budget.task_usd");
    assertThat(bench.text(id, TaskFile.AGENT_OUTPUT)).contains("[cost limit of $");
    assertThat(bench.journal("agent_started")).hasSize(1);
  }

  @Test
  void theTextCanComeInAFileAndNeverComesInArgumentsOrEnvironment() throws Exception {
    AgentCommand agent =
        new AgentCommand(
            "agent",
            List.of(
                "sh",
                "-c",
                "cat; cat $FLIGHTLOG_TASK_INPUT; tr '\\0' ' ' < /proc/self/cmdline; env"),
            "planning",
            "a-model",
            AgentCommand.Input.FILE,
            null,
            Set.of("ALLOWED"),
            Duration.ofMinutes(1),
            null);
    bench.environment.put("ALLOWED", "is there");
    bench.environment.put("FORBIDDEN", "is not there");
    TaskId id = bench.run(agent, "needle $(touch /tmp/x) `id`");
    String output = bench.text(id, TaskFile.AGENT_OUTPUT);
    assertThat(output).contains("ALLOWED=is there").doesNotContain("FORBIDDEN");
    assertThat(output.lines().filter(line -> line.contains("needle")))
        .singleElement()
        .asString()
        .contains("\\\"message\\\"");
    assertThat(bench.found(id))
        .extracting(Task::agentType, Task::model)
        .containsExactly("planning", "a-model");
  }

  @Test
  void aFailingCommandIsTriedAgainAndThenParked() throws Exception {
    TaskId id = shell("echo broken >&2; exit 3");
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.PARKED);
    assertThat(result(id).error()).contains("exit code 3", "broken", "last of 3 attempts");
    assertThat(bench.journal("agent_started")).hasSize(3);
    assertThat(bench.text(id, TaskFile.AGENT_OUTPUT)).contains("attempt 1 of 3 failed");
    assertThat(bench.text(id, TaskFile.FINAL_RESULT)).contains("\"success\":false,\"result\":null");
  }

  @Test
  void aParkedTaskRunsWhenItIsToldTo() throws Exception {
    TaskId id = shell("test -e allowed || exit 1; echo yes");
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.PARKED);
    Files.createFile(home.resolve("work").resolve(id.value()).resolve("allowed"));
    TaskEnding ending = new TaskEnding(bench.folders, bench.recorder);
    assertThat(ending.retry(bench.queue, id)).isEqualTo(TaskEnding.Retry.QUEUED);
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.QUEUED);
    bench.worker().runReady();
    assertThat(result(id).result()).isEqualTo("yes");
  }

  @Test
  void aCommandThatIsNotThereFailsAtOnceAndSaysSo() throws Exception {
    TaskId id = bench.run("no-such-agent", "-p");
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(result(id).error())
        .isEqualTo(
            "agent agent: command not found in PATH: no-such-agent: correct agents.agent.command in"
                + " config.json");
    TaskId absolute = bench.run("/no/such/agent");
    assertThat(result(absolute).error()).contains("command not found: /no/such/agent");
  }

  @Test
  void aFolderThatIsNotThereFailsAtOnceAndSaysSo() throws Exception {
    Path folder = home.resolve("no/such/folder");
    TaskId id = bench.run(AgentCommand.of("agent", List.of("cat")).folder(folder), "do it");
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(result(id).error())
        .isEqualTo(
            "agent agent: there is no folder "
                + folder
                + ": make it, or correct agents.agent.folder in config.json");
  }

  @Test
  void aCommandThatCannotBeExecutedFailsAtOnceAndSaysSo() throws Exception {
    Path file = Files.writeString(home.resolve("agent.sh"), "echo no");
    TaskId id = bench.run(file.toString());
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(result(id).error()).contains("not executable: " + file, "chmod +x");
  }

  @Test
  void aTaskForAnUnknownAgentFailsAndSaysSo() throws Exception {
    TaskId id = bench.task("unknown", "x");
    bench.worker().runReady();
    assertThat(result(id).error()).contains("there is no agent", "worker.agent");
  }

  @Test
  void secretsInOutputAreNowhereOnDisk() throws Exception {
    String key =
        "-----BEGIN RSA PRIVATE KEY-----\\nMIIEowIBAAKCAQEAx2R7\\nq8Zt5Yw1\\n-----END RSA PRIVATE KEY-----";
    TaskId id =
        shell(
            "printf 'token ghp_'; sleep 0.1; printf '"
                + SECRET.substring(4)
                + "\\n'; printf -- '"
                + key
                + "\\n' >&2; echo '{\"token\":\""
                + SECRET
                + "\"}'; echo after");
    recorderFlushed();
    try (var files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text.contains(SECRET)).as(file.toString()).isFalse();
        assertThat(text.contains("q8Zt5Yw1")).as(file.toString()).isFalse();
      }
    }
    assertThat(bench.text(id, TaskFile.AGENT_OUTPUT))
        .contains("token [redacted:", "[redacted:private-key]", "\"after\"");
  }

  private void recorderFlushed() {
    assertThat(bench.recorder.flush()).isTrue();
  }

  @Test
  void aTaskWithoutFolderLeavesTheQueue() throws Exception {
    TaskId id = TaskId.ofKey("nothing");
    bench.queue.push(id);
    bench.worker().runReady();
    assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.DONE);
    assertThat(bench.journal("error")).singleElement().asString().contains("has no folder");
  }

  @Test
  void aTaskThatItsDeadWorkerHadFinishedIsNotRunAgain() throws Exception {
    bench.agents.put("agent", AgentCommand.of("agent", List.of("sh", "-c", "echo again")));
    TaskId id = bench.task("finished", "x");
    assertThat(bench.queue.take("dead", Duration.ZERO)).isPresent();
    TaskEnding ending = new TaskEnding(bench.folders, bench.recorder);
    ending.end(
        id,
        TaskStatus.SUCCEEDED,
        new TaskResult(
            true,
            "first",
            null,
            dev.flightlog.tasks.folder.TaskMetrics.UNKNOWN,
            java.time.Instant.parse("2026-02-01T09:00:50Z")));
    bench.worker().runReady();
    assertThat(result(id).result()).isEqualTo("first");
    assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.DONE);
    assertThat(bench.journal("agent_started")).isEmpty();
  }

  @Test
  void anAgentThatReadsNothingAndPrintsNothingSucceeds() throws Exception {
    TaskId id = bench.run(AgentCommand.of("agent", List.of("true")), "x".repeat(1 << 20));
    assertThat(result(id).success()).isTrue();
    assertThat(result(id).result()).isEmpty();
  }
}
