package dev.flightlog.tasks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A daemon thread that does work again and again until it is closed, whatever the work throws: one
 * run that fails costs that run alone. The first failure in a row is told, and that it works again;
 * what lies in between is not. (A bare {@link ScheduledExecutorService} never runs again, without a
 * word, what has thrown once.) Safe for any thread.
 */
public final class PeriodicThread implements AutoCloseable {
  private final ScheduledExecutorService clock;
  private final Consumer<String> messages;

  /** Work that may fail in any way. */
  public interface Work {
    /** Does it once. */
    void run() throws Exception;
  }

  /**
   * @param name of the thread
   * @param messages told, on that thread, when work begins to fail and when it works again
   */
  public PeriodicThread(String name, Consumer<String> messages) {
    this.messages = messages;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /**
   * Does this again and again.
   *
   * @param first how long from now the first run begins
   * @param pause between the end of a run and the beginning of the next
   * @param what it is, such as {@code looking at alerts}, for messages
   */
  public PeriodicThread every(Duration first, Duration pause, String what, Work work) {
    clock.scheduleWithFixedDelay(
        guarded(what, work), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    return this;
  }

  /** Does this once, so long from now, between other runs; not at all when it is closed. */
  public void once(Duration pause, String what, Work work) {
    try {
      clock.schedule(guarded(what, work), pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // It is closed.
    }
  }

  private Runnable guarded(String what, Work work) {
    Outage outage = new Outage(what, this::tell);
    return () -> {
      try {
        work.run();
        outage.worked();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Throwable e) {
        // Also when memory or the stack is out: the next run may have enough.
        if (!clock.isShutdown()) {
          outage.failed(what + " failed: " + e);
        }
      }
    };
  }

  private void tell(String message) {
    try {
      messages.accept(message);
    } catch (RuntimeException e) {
      // Nobody can be told; the work goes on all the same.
    }
  }

  /** Begins no further run, and waits until the one that is under way has ended. */
  public void finish() {
    clock.close();
  }

  /** Waits, after {@link #close}, so long for the end of what runs; true when it has ended. */
  public boolean awaitEnd(Duration most) throws InterruptedException {
    return clock.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Begins no further run, and interrupts the one that is under way; does not wait. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
