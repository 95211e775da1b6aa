package dev.flightlog.worker;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.RedisQueue;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.SqliteQueue;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker as a process of its own, to be killed: home, queue, lease in ms, family beats. */
final class WorkerProcess {
  /** So many attempts that none of them ends a task. */
  static final RetryPolicy PATIENT =
      new RetryPolicy(100_000, Duration.ofMillis(100), Duration.ofMillis(100));

  private WorkerProcess() {}

  static TaskQueue queue(Path home, String address) {
    return address.isEmpty()
        ? SqliteQueue.open(home.resolve("queue.db"), PATIENT, InstantSource.system())
        : RedisQueue.open(address, PATIENT);
  }

  static Process start(Path home, String address, Duration lease, int beats) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            home.toString(),
            address,
            String.valueOf(lease.toMillis()),
            String.valueOf(beats)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("worker.log").toFile()))
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    List<String> family =
        List.of(
            "sh",
            Path.of("src/test/resources/agents/family.sh").toAbsolutePath().toString(),
            home.toString(),
            arguments[3]);
    Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home));
        TaskQueue queue = queue(home, arguments[1])) {
      WorkerSettings settings =
          new WorkerSettings(
              "worker-" + ProcessHandle.current().pid(),
              () -> new Agents(Map.of("family", AgentCommand.of("family", family)), "family"),
              Duration.ofMillis(Long.parseLong(arguments[2])),
              Duration.ofMillis(100),
              1,
              home.resolve("work"),
              System.getenv(),
              Prices.builtIn(),
              InstantSource.system());
      TaskFolders folders =
          new TaskFolders(TaskFolderSettings.in(home.resolve("tasks")), redactor, recorder);
      new Worker(settings, queue, folders, redactor, recorder, System.out::println).run();
    }
  }
}
