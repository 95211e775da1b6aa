package dev.flightlog.benchmarks.capturing;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.SqliteQueue;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.AgentCommand;
import dev.flightlog.worker.Agents;
import dev.flightlog.worker.Worker;
import dev.flightlog.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A worker in a process of its own that runs one command: home, command for {@code sh -c}, and how
 * often. Reports what memory it took above what it had when it was idle (Linux only), and what came
 * into the file.
 */
final class CaptureProcess {
  /** As {@code ./flightlog} starts Java. */
  static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m");

  private static final Path MEMORY = Path.of("/proc/self/status");

  private CaptureProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home));
        TaskQueue queue =
            SqliteQueue.open(
                home.resolve("queue.db"),
                new RetryPolicy(1, Duration.ZERO, Duration.ZERO),
                InstantSource.system())) {
      TaskFolders folders =
          new TaskFolders(TaskFolderSettings.in(home.resolve("tasks")), redactor, recorder);
      Worker worker =
          new Worker(
              new WorkerSettings(
                  "benchmark",
                  () ->
                      new Agents(
                          Map.of(
                              "small", AgentCommand.of("small", List.of("echo", "ready")),
                              "large", AgentCommand.of("large", List.of("sh", "-c", arguments[1]))),
                          "small"),
                  WorkerSettings.LEASE,
                  WorkerSettings.GRACE,
                  1,
                  home.resolve("work"),
                  System.getenv(),
                  Prices.builtIn(),
                  InstantSource.system()),
              queue,
              folders,
              redactor,
              recorder,
              problem -> {
                throw new IllegalStateException(problem);
              });
      run(folders, queue, worker, "small", 0);
      double idle = megabytes("VmRSS");
      resetPeak();
      for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
        TaskId id = run(folders, queue, worker, "large", i);
        Forked.report(
            System.out,
            "file MB",
            Files.size(folders.file(id, TaskFile.AGENT_OUTPUT).orElseThrow()) / 1048576.0);
      }
      Forked.report(System.out, "above idle MB", megabytes("VmHWM") - idle);
      Forked.report(System.out, "idle MB", idle);
    }
  }

  private static TaskId run(
      TaskFolders folders, TaskQueue queue, Worker worker, String agent, int number)
      throws IOException, InterruptedException {
    TaskId id = TaskId.ofKey(agent + number);
    folders.create(
        Task.queued(id, "cli", null, Instant.now(), agent),
        new TaskInput("go on", Map.of()),
        List.of());
    queue.push(id);
    worker.runReady();
    if (!folders.result(id).orElseThrow().success()) {
      throw new IllegalStateException(String.valueOf(folders.result(id)));
    }
    return id;
  }

  private static void resetPeak() throws IOException {
    Path reset = Path.of("/proc/self/clear_refs");
    if (Files.isWritable(reset)) {
      Files.writeString(reset, "5");
    }
  }

  private static double megabytes(String name) throws IOException {
    if (!Files.isReadable(MEMORY)) {
      return Double.NaN;
    }
    for (String line : Files.readAllLines(MEMORY)) {
      if (line.startsWith(name + ":")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return Double.NaN;
  }
}
