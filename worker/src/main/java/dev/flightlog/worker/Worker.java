package dev.flightlog.worker;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Outage;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.BrokenTaskException;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.Lease;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks from a queue and runs an agent for each, several at a time. {@link #run} works until
 * {@link #stop}, which any thread may call: then nothing more is taken, running agents are ended,
 * and their tasks go back to the queue at once.
 */
public final class Worker {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final WorkerSettings settings;
  private final TaskQueue queue;
  private final TaskFolders folders;
  private final Redactor redactor;
  private final FlightRecorder recorder;
  private final Consumer<String> problems;
  private final Semaphore places;
  private final Outage outage;
  private final Outage looking;
  private final QueueRecovery recovery;
  private final Map<TaskId, HeldLease> live = new HashMap<>();
  private @Nullable String origin;
  private long looked;
  private boolean unfinished;
  private final WorkerEnd end = new WorkerEnd();

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
    outage = new Outage("the queue", problems);
    looking = new Outage("looking through the task folders", problems);
    recovery =
        new QueueRecovery(
            queue, folders, new TaskEnding(folders, recorder), settings.clock(), problems);
  }

  /** Ends {@link #run} soon. */
  public void stop() {
    end.comes();
  }

  /** Works until it is stopped, or its thread is interrupted. */
  public void run() throws InterruptedException {
    Instant swept = Instant.MIN;
    try {
      Outage rounds = new Outage("the worker", problems);
      while (!end.hasCome()) {
        try {
          swept = round(swept);
          rounds.worked();
        } catch (RuntimeException | Error e) {
          // Nobody starts a worker again: it goes on, also when memory or threads are out.
          end.await(rounds.failed("the worker failed: " + e));
        }
      }
    } finally {
      end.comes();
      places.acquireUninterruptibly(settings.atOnce());
      places.release(settings.atOnce());
    }
  }

  /**
   * Takes one task, if there is room and one waits, and looks after the queue.
   *
   * @return when old folders were last swept
   */
  private Instant round(Instant swept) throws InterruptedException {
    if (places.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS) && !takeOne()) {
      awaitMore();
    }
    lookAfterQueue(settings.lease().multipliedBy(2));
    Instant now = settings.clock().instant();
    boolean due = now.minus(SWEEP).isAfter(swept) || now.isBefore(swept);
    if (due) {
      sweep(now);
    }
    return due ? now : swept;
  }

  /** Runs what is ready now, and returns when it is done; for those who start it themselves. */
  public int runReady() throws InterruptedException {
    try {
      recovery.run(Duration.ZERO);
    } catch (IOException e) {
      problems.accept("the task folders cannot be looked through: " + e.getMessage());
    }
    int runs = 0;
    Optional<Lease> lease;
    while (!end.hasCome() && (lease = queue.take(settings.name(), settings.lease())).isPresent()) {
      work(new HeldLease(lease.get()));
      runs++;
    }
    return runs;
  }

  /** Takes a task and starts it; gives the place back when there is none. */
  private boolean takeOne() throws InterruptedException {
    boolean started = false;
    try {
      started = take();
      if (outage.worked()) {
        origin = null;
      }
    } catch (QueueException e) {
      end.await(outage.failed(String.valueOf(e.getMessage())));
    } finally {
      if (!started) {
        places.release();
      }
    }
    return started;
  }

  private boolean take() {
    HeldLease held;
    synchronized (live) {
      // Nobody renews meanwhile: a lease that this worker lost by sleeping comes back as a new one
      // of the same task, and is handed over.
      Optional<Lease> lease = takeWithoutRenewals();
      if (lease.isEmpty()) {
        return false;
      }
      held = new HeldLease(lease.get());
      if (live.containsKey(lease.get().taskId())) {
        return false;
      }
      live.put(lease.get().taskId(), held);
    }
    try {
      Thread.ofPlatform()
          .name("flightlog-" + held.now().taskId())
          .start(() -> {
            try {
              work(held);
            } finally {
              forget(held);
              places.release();
            }
          });
    } catch (RuntimeException | Error e) {
      // There are no more threads: the task goes back, and the place is given back by the caller.
      forget(held);
      settle(held, () -> queue.release(held.now()));
      throw e;
    }
    return true;
  }

  private void forget(HeldLease held) {
    synchronized (live) {
      live.remove(held.now().taskId(), held);
    }
  }

  private Optional<Lease> takeWithoutRenewals() {
    List<HeldLease> running = List.copyOf(live.values());
    running.forEach(each -> each.lock.lock());
    try {
      Optional<Lease> lease = queue.take(settings.name(), settings.lease());
      HeldLease own = lease.map(Lease::taskId).map(live::get).orElse(null);
      if (own != null) {
        own.adopt(lease.get());
      }
      return lease;
    } finally {
      running.forEach(each -> each.lock.unlock());
    }
  }

  private void work(HeldLease held) {
    TaskId id = held.now().taskId();
    TaskEnding ending = new TaskEnding(folders, recorder);
    try {
      new TaskRun(settings, queue, folders, redactor, recorder, held, end, problems).run();
    } catch (BrokenTaskException | AccessDeniedException e) {
      String reason =
          e instanceof AccessDeniedException ? "no access to " + e.getMessage() : e.getMessage();
      problems.accept("task " + id + " is parked: " + reason);
      settle(
          held,
          () -> {
            if (queue.park(held.now())) {
              ending.broken(id, String.valueOf(reason), settings.clock().instant());
            }
          });
    } catch (IOException e) {
      tell(id, e);
      // Not the task's fault: it is not counted, and tried again when the disk may be well.
      settle(
          held,
          () -> {
            end.await(LATER);
            queue.release(held.now());
          });
    } catch (QueueException e) {
      // The lease ends by itself, and the task is tried again.
      tell(id, e);
    } catch (RuntimeException | Error e) {
      // Also when its content is too deep for the stack, or too much for memory.
      tell(id, e);
      settle(held, () -> queue.fail(held.now()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(TaskId id, Throwable e) {
    problems.accept("task " + id + ": " + reason(e));
    recorder.errorEvent(e).taskId(id.value()).component("worker").log();
  }

  private static String reason(Throwable e) {
    boolean told = e instanceof IOException || e instanceof QueueException;
    return told && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /** What a task is given back with. */
  private interface Settling {
    void now() throws InterruptedException;
  }

  private void settle(HeldLease held, Settling settling) {
    try {
      settling.now();
    } catch (QueueException e) {
      // The lease ends by itself.
      problems.accept("task " + held.now().taskId() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitMore() throws InterruptedException {
    try {
      queue.await(LOOK);
    } catch (QueueException e) {
      end.await(LOOK);
    }
  }

  /** At the start, and whenever the queue turns out to be another one than before. */
  private void lookAfterQueue(Duration patience) {
    long now = System.nanoTime();
    boolean due = origin == null || now - looked > LOOK_AFTER.toNanos();
    if (!due || outage.reason().isPresent()) {
      return;
    }
    looked = now;
    try {
      String current = queue.origin();
      if (!current.equals(origin) || unfinished) {
        unfinished = recovery.run(patience);
        origin = current;
      }
      looking.worked();
    } catch (QueueException e) {
      // Told, and tried again, where tasks are taken.
      origin = null;
    } catch (IOException | RuntimeException e) {
      var unused = looking.failed("the task folders cannot be looked through: " + reason(e));
      origin = null;
    }
  }

  private void sweep(Instant now) {
    try {
      folders.sweep(now);
      queue.forget(now.minus(Duration.ofDays(90)));
    } catch (IOException | RuntimeException e) {
      problems.accept("old task folders could not be removed: " + reason(e));
    }
  }
}
