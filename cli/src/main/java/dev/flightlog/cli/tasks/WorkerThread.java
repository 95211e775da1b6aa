package dev.flightlog.cli.tasks;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.Worker;
import java.io.IOException;
import java.time.Duration;

/** A worker beside a server: takes tasks as soon as it is started, until it is closed. */
public final class WorkerThread implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Worker worker;
  private final Thread thread;

  /** As the settings of the call say. */
  public WorkerThread(Invocation call, HomeTasks tasks, TaskQueue queue) {
    try {
      worker = WorkerCommand.worker(call, WorkerCommand.settings(call), tasks, queue);
    } catch (IOException e) {
      throw CommandException.failed("the worker cannot start: " + e);
    }
    thread = Thread.ofPlatform().name("flightlog-worker").unstarted(this::work);
  }

  public void start() {
    thread.start();
  }

  private void work() {
    try {
      worker.run();
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  /** Ends running agents and gives their tasks back; waits for that, ten seconds at most. */
  @Override
  public void close() {
    worker.stop();
    try {
      if (thread.isAlive() && !thread.join(STOP)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
