package dev.flightlog.worker;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.Lease;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Takes tasks from a queue and runs an agent for each, several at a time. {@link #run} works until
 * {@link #stop}, which any thread may call: then nothing more is taken, running agents are ended,
 * and their tasks go back to the queue at once.
 */
public final class Worker {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final WorkerSettings settings;
  private final TaskQueue queue;
  private final TaskFolders folders;
  private final Redactor redactor;
  private final FlightRecorder recorder;
  private final Consumer<String> problems;
  private final Semaphore places;
  private volatile boolean stopped;

  /**
   * @param problems told, on any thread, what went wrong and what becomes of it
   */
  public Worker(
      WorkerSettings settings,
      TaskQueue queue,
      TaskFolders folders,
      Redactor redactor,
      FlightRecorder recorder,
      Consumer<String> problems) {
    this.settings = settings;
    this.queue = queue;
    this.folders = folders;
    this.redactor = redactor;
    this.recorder = recorder;
    this.problems = problems;
    places = new Semaphore(settings.atOnce());
  }

  /** Ends {@link #run} soon. */
  public void stop() {
    stopped = true;
  }

  /** Works until it is stopped, or its thread is interrupted. */
  public void run() throws InterruptedException {
    Instant swept = Instant.MIN;
    try {
      while (!stopped) {
        places.acquire();
        if (!take()) {
          places.release();
          awaitMore();
        }
        Instant now = settings.clock().instant();
        if (now.minus(SWEEP).isAfter(swept)) {
          swept = now;
          sweep(now);
        }
      }
    } finally {
      stopped = true;
      places.acquireUninterruptibly(settings.atOnce());
      places.release(settings.atOnce());
    }
  }

  /** Runs what is ready now, and returns when it is done; for those who start it themselves. */
  public int runReady() throws InterruptedException {
    int runs = 0;
    Optional<Lease> lease;
    while (!stopped && (lease = queue.take(settings.name(), settings.lease())).isPresent()) {
      work(lease.get());
      runs++;
    }
    return runs;
  }

  private boolean take() {
    Optional<Lease> lease;
    try {
      lease = queue.take(settings.name(), settings.lease());
    } catch (QueueException e) {
      problems.accept(e.getMessage() + "; it is tried again");
      return false;
    }
    if (lease.isEmpty()) {
      return false;
    }
    Thread.ofPlatform()
        .name("flightlog-" + lease.get().taskId())
        .start(() -> {
          try {
            work(lease.get());
          } finally {
            places.release();
          }
        });
    return true;
  }

  private void work(Lease lease) {
    try {
      new TaskRun(settings, queue, folders, redactor, recorder, lease, () -> stopped).run();
    } catch (IOException | QueueException e) {
      // The lease ends by itself, and the task is tried again.
      problems.accept("task " + lease.taskId() + ": " + e.getMessage());
      recorder.errorEvent(e).taskId(lease.taskId().value()).component("worker").log();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitMore() throws InterruptedException {
    try {
      queue.await(LOOK);
    } catch (QueueException e) {
      Thread.sleep(LOOK);
    }
  }

  private void sweep(Instant now) {
    try {
      folders.sweep(now);
      queue.forget(now.minus(Duration.ofDays(90)));
    } catch (IOException | QueueException e) {
      problems.accept("old task folders could not be removed: " + e.getMessage());
    }
  }
}
