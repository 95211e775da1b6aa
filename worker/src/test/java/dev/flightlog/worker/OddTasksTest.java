package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken task costs itself, is told, and stops nobody. */
class OddTasksTest {
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "1e999",
          "1e99999999999",
          "0.1",
          "\"\"",
          "\"x\"",
          "\"\\u0000\\ud800\"",
          "\"+1000000000-12-31T23:59:59.999Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "[]",
          "{}",
          "[".repeat(5000) + "]".repeat(5000));

  /**
   * Each node and each value is met, of their pairs one in three; {@code -Dflightlog.odd.every=1}
   * is the long form.
   */
  private static final int EVERY = Integer.getInteger("flightlog.odd.every", 3);

  @TempDir Path home;
  private Bench bench;
  private final List<String> problems = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    bench = new Bench(home);
    bench.agents.put("agent", AgentCommand.of("agent", List.of("true")));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private int run() throws InterruptedException {
    return new Worker(
            bench.settings(),
            bench.queue,
            bench.folders,
            bench.redactor,
            bench.recorder,
            problem -> {
              synchronized (problems) {
                problems.add(problem);
              }
            })
        .runReady();
  }

  private static Path file(Bench bench, TaskId id, TaskFile part) {
    return bench.folders.file(id, part).orElseThrow();
  }

  private static String replaced(String json, String key, String value) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : json.strip().replaceAll("^\\{|\\}$", "").split(",(?=\"\\w+\":)")) {
      int colon = pair.indexOf(':');
      fields.put(pair.substring(1, colon - 1), pair.substring(colon + 1));
    }
    fields.put(key, value);
    StringBuilder all = new StringBuilder();
    fields.forEach((name, text) ->
        all.append(all.isEmpty() ? "{" : ",").append('"').append(name).append("\":").append(text));
    return all + "}\n";
  }

  @Test
  void oddValuesAtEveryNodeOfAFolderStopNobody() throws Exception {
    Map<TaskId, String> odd = new LinkedHashMap<>();
    Map<TaskFile, List<String>> keys =
        Map.of(
            TaskFile.METADATA,
            List.of(
                "task_id",
                "source",
                "provider",
                "created_at",
                "started_at",
                "status",
                "assigned_agent",
                "agent_type",
                "model",
                "progress"),
            TaskFile.INPUT,
            List.of("message", "source_metadata"));
    int turn = 0;
    for (Map.Entry<TaskFile, List<String>> each : keys.entrySet()) {
      for (String key : each.getValue()) {
        for (String value : ODD) {
          if (turn++ % EVERY != 0) {
            continue;
          }
          String what =
              each.getKey() + " " + key + " " + value.substring(0, Math.min(20, value.length()));
          TaskId id = bench.task(what, "x");
          Path file = file(bench, id, each.getKey());
          Files.writeString(file, replaced(Files.readString(file), key, value));
          odd.put(id, what);
        }
      }
    }
    TaskId good = bench.task("good", "x");
    run();
    assertThat(bench.found(good).status()).isEqualTo(TaskStatus.SUCCEEDED);
    for (Map.Entry<TaskId, String> each : odd.entrySet()) {
      assertThat(bench.queue.find(each.getKey()))
          .as(each.getValue())
          .map(QueueEntry::state)
          .hasValueSatisfying(state -> assertThat(state).isIn(QueueState.DONE, QueueState.PARKED));
    }
  }

  @Test
  void aBrokenTaskIsParkedWithItsReasonAndRunsOnceItIsMended() throws Exception {
    TaskId id = bench.task("broken", "x");
    Path file = file(bench, id, TaskFile.METADATA);
    String right = Files.readString(file);
    Files.writeString(file, right.replaceAll("\"created_at\":\"[^\"]*\",", ""));
    TaskId good = bench.task("good", "x");
    run();
    assertThat(bench.found(good).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(problems).singleElement().asString().contains(id.value(), "created_at is missing");
    assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.PARKED);
    assertThat(bench.folders.result(id).orElseThrow().error()).contains("created_at is missing");
    assertThat(bench.journal("task_outcome")).anyMatch(line -> line.contains("created_at"));
    Files.writeString(file, right);
    TaskEnding ending = new TaskEnding(bench.folders, bench.recorder);
    assertThat(ending.retry(bench.queue, id)).isEqualTo(TaskEnding.Retry.QUEUED);
    run();
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void whatIsNoFileOfATaskAtAllStopsNobody() throws Exception {
    List<byte[]> contents =
        List.of(
            new byte[0],
            "[]".getBytes(StandardCharsets.UTF_8),
            "{\"task_id\":".getBytes(StandardCharsets.UTF_8),
            new byte[4096],
            new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0});
    List<TaskId> odd = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      TaskId id = bench.task("content " + i, "x");
      Files.write(file(bench, id, TaskFile.METADATA), contents.get(i));
      odd.add(id);
    }
    TaskId folder = bench.task("folder", "x");
    Path metadata = file(bench, folder, TaskFile.METADATA);
    Files.delete(metadata);
    Files.createDirectory(metadata);
    odd.add(folder);
    TaskId dangling = bench.task("dangling", "x");
    metadata = file(bench, dangling, TaskFile.METADATA);
    Files.delete(metadata);
    Files.createSymbolicLink(metadata, home.resolve("nowhere"));
    odd.add(dangling);
    Files.createDirectory(home.resolve("tasks").resolve("task-of-nobody"));
    Files.writeString(home.resolve("tasks").resolve("not-a-task"), "x");
    TaskId good = bench.task("good", "x");
    run();
    assertThat(bench.found(good).status()).isEqualTo(TaskStatus.SUCCEEDED);
    for (TaskId id : odd) {
      assertThat(bench.queue.find(id)).map(QueueEntry::state).contains(QueueState.PARKED);
    }
    assertThat(problems).anyMatch(line -> line.contains("task-of-nobody"));
    assertThat(bench.folders.list().unreadable()).hasSize(odd.size() + 1);
  }

  @Test
  void aQueueThatIsLostIsMadeAgainFromTheFolders() throws Exception {
    TaskId id = bench.task("queued", "x");
    TaskId cancelled = bench.task("cancelled", "x");
    Files.delete(home.resolve("queue.db"));
    assertThat(bench.queue.find(id)).isEqualTo(Optional.empty());
    TaskEnding ending = new TaskEnding(bench.folders, bench.recorder);
    ending.cancel(bench.queue, cancelled, java.time.Instant.EPOCH);
    assertThat(bench.found(cancelled).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(run()).isEqualTo(1);
    assertThat(bench.found(id).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(problems).singleElement().asString().contains("lost 1 task");
    assertThat(ending.retry(bench.queue, id)).isEqualTo(TaskEnding.Retry.SUCCEEDED);
  }
}
