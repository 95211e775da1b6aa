package dev.flightlog.worker;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.OutputLog;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.worker.capture.AgentCapture;
import dev.flightlog.worker.capture.AgentReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of one agent, from its start until no process of it is left. For one thread, which may be
 * interrupted: then the agent is ended at once.
 */
final class AgentRun {
  /** What the owner of the run is asked again and again while the agent works. */
  interface Supervision {
    /** Why the agent must end now, or null to go on. */
    @Nullable Stop look(AgentReport report);
  }

  /** Why an agent was ended by us. */
  enum Stop {
    CANCELLED,
    TIMED_OUT,
    /** It costs more than it may. */
    OVER_BUDGET,
    /** The task is somebody else's now. */
    LOST,
    /** The worker ends. */
    WORKER_ENDS,
    /** It has said how its work ended, and does not end itself. */
    ANSWERED
  }

  /**
   * How a run ended.
   *
   * @param exitCode of the agent's first process
   * @param clean false when processes of the agent could not be ended
   */
  record Ended(int exitCode, @Nullable Stop stop, boolean clean, AgentCapture capture) {}

  private static final long LOOK_MILLIS = 100;

  /** How long an agent that has answered may go on without saying anything new. */
  private static final Duration AFTER_ANSWER = Duration.ofSeconds(5);

  private final WorkerSettings settings;
  private final TaskFolders folders;
  private final Redactor redactor;
  private final FlightRecorder recorder;
  private final TaskId task;
  private final AgentCommand agent;
  private final AgentMark mark;
  private final long token;

  AgentRun(
      WorkerSettings settings,
      TaskFolders folders,
      Redactor redactor,
      FlightRecorder recorder,
      TaskId task,
      AgentCommand agent,
      AgentMark mark,
      long token) {
    this.settings = settings;
    this.folders = folders;
    this.redactor = redactor;
    this.recorder = recorder;
    this.task = task;
    this.agent = agent;
    this.mark = mark;
    this.token = token;
  }

  private String locks() throws IOException {
    return Launch.locks(folders.locks(), task.value());
  }

  /**
   * Ends what an earlier worker has left of this task's agent, so that there are never two.
   *
   * @return false when something is left: then no agent may be started
   */
  boolean clearTheWay() throws IOException, InterruptedException {
    String locks = locks();
    return new AgentGroup(mark.task(), locks, null).end(Duration.ZERO) && Launch.removeLocks(locks);
  }

  /**
   * Starts the agent and waits for its end.
   *
   * @throws AgentStartException when it cannot be started, now or later
   */
  Ended run(TaskInput input, Supervision supervision) throws IOException, InterruptedException {
    Path folder = agent.folder();
    if (folder == null) {
      folder = settings.workFolder().resolve(task.value());
      OwnerOnly.createFolder(folder);
    }
    Map<String, String> environment = environment();
    Path program = Launch.program(agent, folder, environment);
    Path lock = Launch.lock(locks(), token);
    List<Path> locks = List.of(Launch.lock(locks()), lock);
    Guardian guardian = Guardian.start(mark, lock);
    boolean clean = false;
    try (OutputLog log = folders.output(task)) {
      AgentCapture capture =
          new AgentCapture(
              task,
              agent.name(),
              agent.model(),
              redactor,
              recorder,
              log,
              settings.clock(),
              settings.models());
      Process process = Launch.start(agent, program, folder, locks, environment);
      AgentGroup group = new AgentGroup(mark.run(), lock.toString(), process);
      try {
        Thread output = reader(process.getInputStream(), capture, true);
        Thread errors = reader(process.getErrorStream(), capture, false);
        Thread stdin = Thread.ofVirtual().start(() -> give(process.getOutputStream(), input));
        Stop stop = watch(process, capture, supervision);
        Duration grace = stop == Stop.LOST ? Duration.ZERO : settings.grace();
        clean = group.end(grace);
        // Whoever still holds the pipes cannot be found; nobody waits for them.
        output.join(settings.grace().plusSeconds(60));
        errors.join(settings.grace().plusSeconds(1));
        stdin.interrupt();
        capture.end();
        return new Ended(process.waitFor(), stop, clean, capture);
      } finally {
        if (!clean) {
          clean = endAnyway(group);
        }
      }
    } finally {
      guardian.dismiss(clean);
      if (clean) {
        Files.deleteIfExists(lock);
      }
    }
  }

  private static boolean endAnyway(AgentGroup group) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    try {
      return group.end(Duration.ZERO);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private @Nullable Stop watch(Process process, AgentCapture capture, Supervision supervision)
      throws InterruptedException {
    long start = System.nanoTime();
    long news = start;
    AgentReport last = capture.report();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = System.nanoTime();
      AgentReport report = capture.report();
      news = report.equals(last) ? news : now;
      last = report;
      boolean timedOut = now - start > agent.timeout().toNanos();
      if (report.answered() && (timedOut || now - news > AFTER_ANSWER.toNanos())) {
        capture.notice("[it has answered, and is ended because it goes on]");
        return Stop.ANSWERED;
      }
      if (timedOut) {
        capture.notice("[time limit of " + agent.timeout().toSeconds() + " s reached]");
        return Stop.TIMED_OUT;
      }
      if (isOverBudget(report)) {
        capture.notice("[cost limit of $" + agent.budgetUsd() + " passed]");
        return Stop.OVER_BUDGET;
      }
      Stop stop = supervision.look(report);
      if (stop != null) {
        capture.notice("[" + stop.name().toLowerCase(Locale.ROOT) + "]");
        return stop;
      }
    }
    return null;
  }

  private boolean isOverBudget(AgentReport report) {
    Double limit = agent.budgetUsd();
    Double cost = report.costUsd();
    // What has answered is done, and costs nothing more.
    return limit != null && cost != null && cost > limit && !report.answered();
  }

  private Thread reader(InputStream in, AgentCapture capture, boolean output) {
    return Thread.ofPlatform()
        .name("flightlog-capture-" + (output ? "out-" : "err-") + task)
        .daemon()
        .start(() -> {
          try (in) {
            if (output) {
              capture.standardOutput(in);
            } else {
              capture.standardError(in);
            }
          } catch (IOException | RuntimeException | Error e) {
            capture.notice("[the output ended: " + e.getMessage() + "]");
          }
        });
  }

  private void give(OutputStream stdin, TaskInput input) {
    try (stdin) {
      if (agent.input() == AgentCommand.Input.STDIN) {
        stdin.write(input.message().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // An agent need not read what it was given.
      return;
    }
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    settings
        .environment()
        .forEach((name, value) -> {
          if (AgentCommand.USUAL_ENVIRONMENT.contains(name)
              || name.startsWith("LC_")
              || agent.environment().contains(name)) {
            all.put(name, value);
          }
        });
    all.put(AgentMark.VARIABLE, mark.value());
    all.put("FLIGHTLOG_TASK_ID", task.value());
    folders
        .file(task, TaskFile.INPUT)
        .ifPresent(file -> all.put("FLIGHTLOG_TASK_INPUT", file.toAbsolutePath().toString()));
    return all;
  }
}
