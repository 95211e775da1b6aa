package dev.flightlog.logback;

import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.LogEntry;
import dev.flightlog.runs.RunStep;
import dev.flightlog.runs.files.RunFolder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A run that nobody opens and closes but the entries that name it: it begins with its first, as its
 * steps do, and ends when somebody says so or when it was silent for long. Safe for many threads.
 */
final class TrackedRun {
  /** A step, and when it logged last. */
  private static final class Step {
    private final RunStep step;
    private volatile Instant last;

    Step(RunStep step, Instant last) {
      this.step = step;
      this.last = last;
    }
  }

  private final FlightRun run;
  private final Map<Long, Step> steps = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long used = System.nanoTime();

  TrackedRun(FlightRun run) {
    this.run = run;
  }

  FlightRun run() {
    return run;
  }

  /** By {@link System#nanoTime}. */
  long used() {
    return used;
  }

  boolean isClosed() {
    return closed.get();
  }

  /**
   * @return false when it stands in no file of the run
   */
  boolean log(long number, LogEntry entry, Instant time) {
    used = System.nanoTime();
    if (number != RunFolder.NO_STEP) {
      Step step = steps.get(number);
      if (step == null) {
        step = steps.computeIfAbsent(number, any -> new Step(run.detachedStep(number), time));
      }
      step.last = time;
    }
    return run.log(number, entry);
  }

  void closeStep(long number, boolean succeeded) {
    Step step = steps.remove(number);
    if (step != null) {
      step.step.close(step.last, succeeded);
    }
  }

  /** Ends those of its steps that logged nothing since a time. */
  void closeSteps(Instant silentSince) {
    steps.forEach((number, step) -> {
      if (step.last.isBefore(silentSince)) {
        closeStep(number, true);
      }
    });
  }

  /** Ends it, and makes its summary. */
  void close(boolean succeeded) {
    if (closed.compareAndSet(false, true)) {
      steps.keySet().forEach(number -> closeStep(number, true));
      run.close(succeeded);
    }
  }
}
