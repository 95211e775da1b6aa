package dev.flightlog.cli.tasks;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.home.ConfigWatch;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.tasks.AgentSettings;
import dev.flightlog.home.tasks.CurrentAgents;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.Worker;
import dev.flightlog.worker.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code worker}: runs the configured agents for the tasks of the queue. */
public final class WorkerCommand implements Command {
  private static final long STOP_SECONDS = 30;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "worker",
            "Run agents for the tasks in the queue, until Ctrl-C or SIGTERM. Agents are configured in config.json:"
                + " {\"agents\":{\"reviewer\":{\"command\":[\"claude\",\"-p\",\"--output-format\",\"stream-json\",\"--verbose\"]}}};"
                + " each gets the text of its task on standard input.")
        .with(Option.flag("--once", "run what is ready now, and end"))
        .example("flightlog worker", "flightlog worker --once");
  }

  @Override
  public Launch launch() {
    return Launch.WORK;
  }

  @Override
  public int run(Invocation call) throws InterruptedException, IOException {
    WorkerSettings settings = settings(call);
    try (HomeTasks tasks = HomeTasks.of(call.home());
        TaskQueue queue = HomeTasks.queue(call.home())) {
      Worker worker = worker(call, settings, tasks, queue);
      if (call.flag("--once")) {
        int runs = worker.runReady();
        call.console().say(runs + (runs == 1 ? " run" : " runs"));
      } else {
        untilStopped(worker, call, queue, settings);
      }
    }
    return CommandException.OK;
  }

  /** A worker that tells its problems to the console. */
  static Worker worker(Invocation call, WorkerSettings settings, HomeTasks tasks, TaskQueue queue) {
    return new Worker(
        settings, queue, tasks.folders(), tasks.redactor(), tasks.recorder(), call.console()::say);
  }

  private static void untilStopped(
      Worker worker, Invocation call, TaskQueue queue, WorkerSettings settings)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .unstarted(() -> {
              worker.stop();
              try {
                // Agents are ended and tasks given back meanwhile.
                boolean inTime = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
                Runtime.getRuntime().halt(inTime ? CommandException.OK : CommandException.FAILED);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    call.console()
        .say(
            "worker " + settings.name() + " takes tasks from " + queue.name() + "; Ctrl-C ends it");
    ConfigWatch watch =
        new ConfigWatch(call.home(), changed -> AgentSettings.check(changed.settings())).start();
    try {
      worker.run();
    } finally {
      watch.close();
      ended.countDown();
    }
  }

  /**
   * How a worker of this home works.
   *
   * @throws CommandException when no agent is configured, or one wrongly
   */
  static WorkerSettings settings(Invocation call) throws IOException {
    CurrentAgents agents = new CurrentAgents(call.home());
    if (agents.get().byName().isEmpty()) {
      throw CommandException.failed(
          "no agent is configured: add one to "
              + call.home().file("config.json")
              + ", such as {\"agents\":{\"reviewer\":{\"command\":[\"claude\",\"-p\"]}}}");
    }
    return new WorkerSettings(
        host() + "/" + ProcessHandle.current().pid(),
        agents,
        Duration.ofSeconds(call.settings().number(Setting.WORKER_LEASE)),
        WorkerSettings.GRACE,
        call.settings().number(Setting.WORKER_AT_ONCE),
        call.home().file("work"),
        call.console().environment(),
        Prices.load(call.home().file("prices.json")),
        call.console().clock());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
