package dev.flightlog.worker;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.folder.TaskMetrics;
import dev.flightlog.tasks.folder.TaskResult;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.Renewal;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.AgentRun.Ended;
import dev.flightlog.worker.AgentRun.Stop;
import dev.flightlog.worker.capture.AgentReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one task, by whoever holds its lease.
 *
 * <p>The order at the end keeps a task from being lost and from being done twice: the lease is
 * renewed, which shows that it is still ours; the result is written, then the status; then the
 * queue is told. A worker that dies in between leaves a task whose folder says how it ended, and
 * the next one only tells the queue.
 */
final class TaskRun {
  private static final Duration INSIST = Duration.ofSeconds(1);

  private final WorkerSettings settings;
  private final TaskQueue queue;
  private final TaskFolders folders;
  private final Redactor redactor;
  private final FlightRecorder recorder;
  private final TaskEnding ending;
  private final HeldLease held;
  private final WorkerEnd workerEnds;
  private final TaskId id;
  private final Consumer<String> problems;

  TaskRun(
      WorkerSettings settings,
      TaskQueue queue,
      TaskFolders folders,
      Redactor redactor,
      FlightRecorder recorder,
      HeldLease held,
      WorkerEnd workerEnds,
      Consumer<String> problems) {
    this.problems = problems;
    this.settings = settings;
    this.queue = queue;
    this.folders = folders;
    this.redactor = redactor;
    this.recorder = recorder;
    this.held = held;
    this.workerEnds = workerEnds;
    ending = new TaskEnding(folders, recorder);
    id = held.now().taskId();
  }

  void run() throws IOException, InterruptedException {
    Optional<Task> found = folders.find(id);
    if (found.isEmpty()) {
      problem("task " + id + " is in the queue but has no folder: it is given up");
      queue.finish(held.now());
      return;
    }
    Task task = found.get();
    if (task.status().isFinal()) {
      settle(task.status());
      return;
    }
    Renewal renewal = held.renew(queue, settings.lease());
    if (renewal == Renewal.LOST) {
      return;
    }
    AgentMark mark = AgentMark.of(queue, id, held.now().token());
    Optional<AgentCommand> configured = settings.agents().get().find(task.assignedAgent());
    AgentCommand agent = configured.orElse(null);
    AgentRun run =
        new AgentRun(
            settings,
            folders,
            redactor,
            recorder,
            id,
            agent == null ? AgentCommand.of("none", java.util.List.of("none")) : agent,
            mark,
            held.now().token());
    if (!run.clearTheWay()) {
      problem("task " + id + ": an earlier agent is still alive and cannot be ended; it waits");
      queue.fail(held.now());
      return;
    }
    if (renewal == Renewal.CANCEL) {
      end(TaskStatus.CANCELLED, failure("cancelled", TaskMetrics.UNKNOWN));
    } else if (held.now().attempt() > queue.retries().attempts()) {
      int tries = held.now().attempt() - 1;
      park("the worker died each time; tried " + (tries == 1 ? "once" : tries + " times"), null);
    } else if (agent == null) {
      String name = task.assignedAgent() == null ? "" : " \"" + task.assignedAgent() + "\"";
      end(
          TaskStatus.FAILED,
          failure(
              "there is no agent"
                  + name
                  + ": name one under agents in config.json, or set worker.agent",
              TaskMetrics.UNKNOWN));
    } else {
      attempt(task, agent, run);
    }
  }

  /** The folder says how it ended, and the worker that wrote it could not tell the queue. */
  private void settle(TaskStatus status) {
    if (status == TaskStatus.PARKED) {
      queue.park(held.now());
    } else {
      queue.finish(held.now());
    }
  }

  private void attempt(Task task, AgentCommand agent, AgentRun run)
      throws IOException, InterruptedException {
    Optional<TaskInput> input = folders.input(id);
    if (input.isEmpty()) {
      end(TaskStatus.FAILED, failure("01-input.json is missing", TaskMetrics.UNKNOWN));
      return;
    }
    Instant now = settings.clock().instant();
    folders.update(id, each -> each.started(now, agent.name(), agent.agentType(), agent.model()));
    if (task.assignedAgent() == null) {
      recorder.assigned(id.value(), agent.name()).detail("reason", "worker.agent").log();
    }
    recorder
        .agentStarted(agent.name())
        .taskId(id.value())
        .detail("attempt", held.now().attempt())
        .detail("worker", settings.name())
        .log();
    long start = System.nanoTime();
    Heartbeat heartbeat = new Heartbeat(settings, queue, folders, held, workerEnds);
    try {
      Ended ended = run.run(input.get(), heartbeat::look);
      double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
      judge(agent, ended, seconds, start);
    } catch (AgentStartException e) {
      finished(agent, null, start, String.valueOf(e.getMessage()));
      end(TaskStatus.FAILED, failure(String.valueOf(e.getMessage()), TaskMetrics.UNKNOWN));
    }
  }

  private void judge(AgentCommand agent, Ended ended, double seconds, long start)
      throws IOException, InterruptedException {
    AgentReport report = ended.capture().report();
    TaskMetrics metrics = metrics(report, seconds);
    if (report.model() != null) {
      insist(() -> folders.update(id, each -> each.withModel(report.model())));
    }
    Stop stop = ended.stop();
    switch (stop == null ? Stop.ANSWERED : stop) {
      case ANSWERED -> answered(agent, ended, report, metrics, start);
      case CANCELLED -> {
        finished(agent, report, start, "cancelled");
        end(TaskStatus.CANCELLED, failure("cancelled while it ran", metrics));
      }
      case LOST -> finished(agent, report, start, "the lease was lost");
      case WORKER_ENDS -> {
        finished(agent, report, start, "the worker was stopped");
        folders.update(id, each -> each.withStatus(TaskStatus.QUEUED));
        queue.release(held.now());
      }
      case TIMED_OUT -> {
        String why = "it took longer than its " + agent.timeout().toSeconds() + " s";
        finished(agent, report, start, why);
        failed(why, metrics);
      }
      case OVER_BUDGET -> {
        String why =
            String.format(
                Locale.ROOT,
                "it was ended because it cost $%.2f, and a run may cost $%.2f (budget.task_usd, or"
                    + " budget_usd of its agent)",
                report.costUsd(),
                agent.budgetUsd());
        finished(agent, report, start, why);
        // Another attempt would cost as much again.
        end(TaskStatus.FAILED, failure(why, metrics));
      }
    }
  }

  private void answered(
      AgentCommand agent, Ended ended, AgentReport report, TaskMetrics metrics, long start)
      throws IOException, InterruptedException {
    switch (Judgement.of(agent, ended, report)) {
      case Judgement.Failed judged -> {
        finished(agent, report, start, judged.why());
        failed(judged.why(), metrics);
      }
      case Judgement.Succeeded judged -> {
        finished(agent, report, start, null);
        Instant now = settings.clock().instant();
        end(TaskStatus.SUCCEEDED, new TaskResult(true, judged.answer(), null, metrics, now));
      }
    }
  }

  private void failed(String why, TaskMetrics metrics) throws IOException, InterruptedException {
    int most = queue.retries().attempts();
    if (held.now().attempt() >= most) {
      park(why + (most > 1 ? " (the last of " + most + " attempts)" : ""), metrics);
      return;
    }
    Duration pause = queue.retries().pauseAfter(held.now().attempt());
    try (var log = folders.output(id)) {
      log.notice(
          settings.clock().instant(),
          "[attempt "
              + held.now().attempt()
              + " of "
              + most
              + " failed: "
              + why
              + "; the next one in "
              + pause.toSeconds()
              + " s]");
    } catch (IOException e) {
      problem("task " + id + ": its output cannot be written: " + e.getMessage());
    }
    insist(() -> {
      folders.update(id, each -> each.withStatus(TaskStatus.QUEUED));
      if (queue.fail(held.now()) == TaskQueue.Verdict.CANCELLED) {
        ending.end(id, TaskStatus.CANCELLED, failure("cancelled", metrics));
      }
    });
  }

  private void park(String why, @Nullable TaskMetrics metrics)
      throws IOException, InterruptedException {
    TaskResult result = failure(why, metrics == null ? TaskMetrics.UNKNOWN : metrics);
    insist(() -> {
      ending.end(id, TaskStatus.PARKED, result);
      queue.park(held.now());
    });
  }

  private void end(TaskStatus status, TaskResult result) throws IOException, InterruptedException {
    insist(() -> {
      ending.end(id, status, result);
      queue.finish(held.now());
    });
  }

  /** What is written when a task ends; doing it again changes nothing. */
  private interface Writing {
    void now() throws IOException;
  }

  /**
   * Writes how the task ended, while its lease is ours: work that is done is not done again because
   * the disk is full for a while, or the queue cannot be reached.
   */
  private void insist(Writing writing) throws IOException, InterruptedException {
    boolean told = false;
    while (true) {
      try {
        if (held.renew(queue, settings.lease()) != Renewal.LOST) {
          writing.now();
        }
        return;
      } catch (IOException | QueueException e) {
        if (workerEnds.hasCome()) {
          throw e;
        }
        if (!told) {
          told = true;
          problems.accept(
              "task "
                  + id
                  + " has ended, which cannot be written now: "
                  + e.getMessage()
                  + "; it is tried until it can");
        }
        workerEnds.await(INSIST);
      }
    }
  }

  private TaskResult failure(String why, TaskMetrics metrics) {
    return new TaskResult(false, null, why, metrics, settings.clock().instant());
  }

  private void finished(
      AgentCommand agent, @Nullable AgentReport report, long start, @Nullable String why) {
    EventBuilder event =
        recorder.agentFinished(agent.name()).taskId(id.value()).durationSince(start);
    if (why == null) {
      event.success(true);
    } else {
      event.failed("agent_failed", why);
    }
    if (report != null) {
      event
          .detail("tool_calls", report.toolCalls())
          .detail("tool_errors", report.toolErrors())
          .detail("model", report.model());
      if (report.costUsd() != null) {
        event.detail("total_cost_usd", report.costUsd().doubleValue());
      }
    }
    event.log();
  }

  private static TaskMetrics metrics(AgentReport report, double seconds) {
    boolean counted = report.tellsItsEnd();
    return new TaskMetrics(
        report.costUsd(),
        counted ? report.usage().input() : null,
        counted ? report.usage().output() : null,
        seconds);
  }

  private void problem(String text) {
    recorder
        .event("error", dev.flightlog.event.Category.ERROR)
        .taskId(id.value())
        .component("worker")
        .failed("worker_problem", text)
        .log();
  }
}
