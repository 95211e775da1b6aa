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
import dev.flightlog.tasks.queue.Lease;
import dev.flightlog.tasks.queue.Renewal;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.AgentRun.Ended;
import dev.flightlog.worker.AgentRun.Stop;
import dev.flightlog.worker.capture.AgentReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final WorkerSettings settings;
  private final TaskQueue queue;
  private final TaskFolders folders;
  private final Redactor redactor;
  private final FlightRecorder recorder;
  private final TaskEnding ending;
  private final Lease lease;
  private final BooleanSupplier workerEnds;
  private final TaskId id;

  TaskRun(
      WorkerSettings settings,
      TaskQueue queue,
      TaskFolders folders,
      Redactor redactor,
      FlightRecorder recorder,
      Lease lease,
      BooleanSupplier workerEnds) {
    this.settings = settings;
    this.queue = queue;
    this.folders = folders;
    this.redactor = redactor;
    this.recorder = recorder;
    this.lease = lease;
    this.workerEnds = workerEnds;
    ending = new TaskEnding(folders, recorder);
    id = lease.taskId();
  }

  void run() throws IOException, InterruptedException {
    Optional<Task> found = folders.find(id);
    if (found.isEmpty()) {
      problem("task " + id + " is in the queue but has no folder: it is given up");
      queue.finish(lease);
      return;
    }
    Task task = found.get();
    if (task.status().isFinal()) {
      settle(task.status());
      return;
    }
    Renewal renewal = queue.renew(lease, settings.lease());
    if (renewal == Renewal.LOST) {
      return;
    }
    AgentMark mark = AgentMark.of(queue, id, lease.token());
    AgentCommand agent = agent(task);
    AgentRun run =
        new AgentRun(
            settings,
            folders,
            redactor,
            recorder,
            id,
            agent == null ? AgentCommand.of("none", java.util.List.of("none")) : agent,
            mark,
            lease.token());
    if (!run.clearTheWay()) {
      problem("task " + id + ": an earlier agent is still alive and cannot be ended; it waits");
      queue.fail(lease);
      return;
    }
    if (renewal == Renewal.CANCEL) {
      end(TaskStatus.CANCELLED, failure("cancelled", TaskMetrics.UNKNOWN));
    } else if (lease.attempt() > queue.retries().attempts()) {
      park("the worker died each time; tried " + (lease.attempt() - 1) + " times", null);
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

  private @Nullable AgentCommand agent(Task task) {
    String name = task.assignedAgent() == null ? settings.defaultAgent() : task.assignedAgent();
    return name == null ? null : settings.agents().get(name);
  }

  /** The folder says how it ended, and the worker that wrote it could not tell the queue. */
  private void settle(TaskStatus status) {
    if (status == TaskStatus.PARKED) {
      queue.fail(lease);
    } else {
      queue.finish(lease);
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
    folders.update(
        id,
        each ->
            new Task(
                id,
                each.source(),
                each.provider(),
                each.createdAt(),
                each.startedAt() == null ? now : each.startedAt(),
                TaskStatus.RUNNING,
                agent.name(),
                agent.agentType() == null ? each.agentType() : agent.agentType(),
                agent.model() == null ? each.model() : agent.model()));
    if (task.assignedAgent() == null) {
      recorder.assigned(id.value(), agent.name()).detail("reason", "worker.agent").log();
    }
    recorder
        .agentStarted(agent.name())
        .taskId(id.value())
        .detail("attempt", lease.attempt())
        .detail("worker", settings.name())
        .log();
    long start = System.nanoTime();
    Heartbeat heartbeat = new Heartbeat(settings, queue, folders, lease, workerEnds);
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
      throws IOException {
    AgentReport report = ended.capture().report();
    TaskMetrics metrics = metrics(report, seconds);
    if (report.model() != null) {
      folders.update(id, each -> withModel(each, report.model()));
    }
    Stop stop = ended.stop();
    String error = stop == null ? error(agent, ended, report) : null;
    if (stop == null && error == null) {
      finished(agent, report, start, null);
      String answer = report.tellsItsEnd() ? report.result() : ended.capture().lastText();
      end(
          TaskStatus.SUCCEEDED,
          new TaskResult(true, answer, null, metrics, settings.clock().instant()));
    } else if (stop == Stop.CANCELLED) {
      finished(agent, report, start, "cancelled");
      end(TaskStatus.CANCELLED, failure("cancelled while it ran", metrics));
    } else if (stop == Stop.LOST) {
      finished(agent, report, start, "the lease was lost");
    } else if (stop == Stop.WORKER_ENDS) {
      finished(agent, report, start, "the worker was stopped");
      folders.update(id, each -> TaskEnding.with(each, TaskStatus.QUEUED));
      queue.release(lease);
    } else {
      String why =
          stop == Stop.TIMED_OUT
              ? "it took longer than its " + agent.timeout().toSeconds() + " s"
              : String.valueOf(error);
      finished(agent, report, start, why);
      failed(ended, why, metrics);
    }
  }

  /** Why a run that ended by itself has failed, or null. */
  private static @Nullable String error(AgentCommand agent, Ended ended, AgentReport report) {
    if (report.failed()) {
      return report.error();
    }
    if (ended.exitCode() != 0) {
      String last = ended.capture().lastError();
      return "agent "
          + agent.name()
          + " ended with exit code "
          + ended.exitCode()
          + (last.isEmpty() ? "" : ": " + last);
    }
    return report.tellsItsEnd() && !report.answered()
        ? "agent " + agent.name() + " ended without a result"
        : null;
  }

  private void failed(Ended ended, String why, TaskMetrics metrics) throws IOException {
    int most = queue.retries().attempts();
    if (lease.attempt() >= most) {
      park(why + (most > 1 ? " (the last of " + most + " attempts)" : ""), metrics);
      return;
    }
    Duration pause = queue.retries().pauseAfter(lease.attempt());
    try (var log = folders.output(id)) {
      log.notice(
          settings.clock().instant(),
          "[attempt "
              + lease.attempt()
              + " of "
              + most
              + " failed: "
              + why
              + "; the next one in "
              + pause.toSeconds()
              + " s]");
    }
    if (queue.renew(lease, settings.lease()) != Renewal.LOST) {
      folders.update(id, each -> TaskEnding.with(each, TaskStatus.QUEUED));
      if (queue.fail(lease) == TaskQueue.Verdict.CANCELLED) {
        ending.end(id, TaskStatus.CANCELLED, failure("cancelled", metrics));
      }
    }
  }

  private void park(String why, @Nullable TaskMetrics metrics) throws IOException {
    if (queue.renew(lease, settings.lease()) != Renewal.LOST) {
      ending.end(
          id, TaskStatus.PARKED, failure(why, metrics == null ? TaskMetrics.UNKNOWN : metrics));
      queue.fail(lease);
    }
  }

  private void end(TaskStatus status, TaskResult result) throws IOException {
    if (queue.renew(lease, settings.lease()) != Renewal.LOST) {
      ending.end(id, status, result);
      queue.finish(lease);
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
    boolean counted = report.usage().total() > 0 || report.tellsItsEnd();
    return new TaskMetrics(
        report.costUsd(),
        counted ? report.usage().input() : null,
        counted ? report.usage().output() : null,
        seconds);
  }

  private static Task withModel(Task task, @Nullable String model) {
    return new Task(
        task.taskId(),
        task.source(),
        task.provider(),
        task.createdAt(),
        task.startedAt(),
        task.status(),
        task.assignedAgent(),
        task.agentType(),
        model);
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
