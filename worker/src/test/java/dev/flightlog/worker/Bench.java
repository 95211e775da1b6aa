package dev.flightlog.worker;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A worker with everything around it, in a home of its own. */
final class Bench implements AutoCloseable {
  static final RetryPolicy AT_ONCE = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);
  private static final Instant CREATED = Instant.parse("2026-02-01T09:00:00Z");

  final Path home;
  final FlightRecorder recorder;
  final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
  final TaskFolders folders;
  final TaskQueue queue;
  final Map<String, AgentCommand> agents = new HashMap<>();
  final Map<String, String> environment = new HashMap<>(System.getenv());
  Duration lease = Duration.ofSeconds(5);
  int atOnce = 1;

  Bench(Path home, RetryPolicy retries, long outputLimit) throws IOException {
    this.home = home;
    recorder = FlightRecorder.open(RecorderConfig.at(home));
    folders =
        new TaskFolders(
            TaskFolderSettings.in(home.resolve("tasks")).outputLimit(outputLimit),
            redactor,
            recorder);
    queue = SqliteQueue.open(home.resolve("queue.db"), retries, InstantSource.system());
  }

  Bench(Path home) throws IOException {
    this(home, AT_ONCE, TaskFolderSettings.OUTPUT_LIMIT);
  }

  static Path agent(String name) {
    return Path.of("src/test/resources/agents").resolve(name).toAbsolutePath();
  }

  TaskId task(String key, String message) throws IOException {
    TaskId id = TaskId.ofKey(key);
    folders.create(
        Task.queued(id, "cli", null, CREATED, null), new TaskInput(message, Map.of()), List.of());
    queue.push(id);
    return id;
  }

  /** One task for this command, run as often as it wants. */
  TaskId run(AgentCommand command, String message) throws IOException, InterruptedException {
    agents.put("agent", command);
    TaskId id = task(command.toString() + message, message);
    worker().runReady();
    return id;
  }

  TaskId run(String... command) throws IOException, InterruptedException {
    return run(AgentCommand.of("agent", List.of(command)), "do it");
  }

  WorkerSettings settings() {
    return new WorkerSettings(
        "test",
        () -> new Agents(agents, "agent"),
        lease,
        Duration.ofMillis(300),
        atOnce,
        home.resolve("work"),
        environment,
        Prices.builtIn(),
        InstantSource.system());
  }

  Worker worker() {
    return new Worker(
        settings(),
        queue,
        folders,
        redactor,
        recorder,
        problem -> {
          throw new AssertionError(problem);
        });
  }

  String text(TaskId id, TaskFile file) throws IOException {
    return Files.readString(folders.file(id, file).orElseThrow());
  }

  Task found(TaskId id) throws IOException {
    return folders.find(id).orElseThrow();
  }

  List<String> journal(String eventType) throws IOException {
    recorder.flush();
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString()
        .lines()
        .filter(line -> line.contains("\"event_type\":\"" + eventType + "\""))
        .toList();
  }

  @Override
  public void close() {
    queue.close();
    recorder.close();
  }
}
