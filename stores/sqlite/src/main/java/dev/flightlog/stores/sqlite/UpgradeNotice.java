package dev.flightlog.stores.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells somebody who waits that an older file is brought up to date: nothing while that is quick,
 * then what is done and about how long it takes, from time to time how far it is, and that it is
 * over. For one thread; tells from another one; closed.
 */
final class UpgradeNotice implements AutoCloseable {
  /** What is over sooner is not told. */
  static final Duration QUIET = Duration.ofSeconds(1);

  private static final Duration AGAIN = Duration.ofSeconds(15);

  /** Measured on two cores of a server; smaller machines take longer, so it is rounded up. */
  private static final long MICROS_AN_EVENT = 20;

  private final Path db;
  private final long from;
  private final long events;
  private final Consumer<String> told;
  private final long begun = System.nanoTime();
  private final ScheduledExecutorService clock;
  private int steps;
  private int done;
  private boolean hasTold;

  /**
   * Begins to wait.
   *
   * @param from the version of the file
   * @param events how many are in it
   * @param quiet nothing is told before; with zero it is told at once
   */
  UpgradeNotice(Path db, long from, long events, Duration quiet, Consumer<String> told) {
    this.db = db;
    this.from = from;
    this.events = events;
    this.told = told;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("flightlog-upgrade", 0).factory());
    if (quiet.isZero()) {
      tell();
    }
    tellAfter(quiet.isZero() ? AGAIN : quiet);
  }

  /** Again and again, also when whoever is told has thrown. */
  private void tellAfter(Duration pause) {
    clock.schedule(
        () -> {
          try {
            tell();
          } finally {
            tellAfter(AGAIN);
          }
        },
        pause.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** So many more steps are known of. */
  synchronized void steps(int more) {
    steps += more;
  }

  /** One of them is done. */
  synchronized void done() {
    done++;
  }

  private synchronized void tell() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    if (hasTold) {
      told.accept(
          "still bringing "
              + db.getFileName()
              + " up to date: step "
              + Math.min(done + 1, steps)
              + " of "
              + steps
              + ", "
              + seconds
              + " s so far");
      return;
    }
    hasTold = true;
    told.accept(
        "bringing "
            + db
            + " up to date, once (schema "
            + from
            + " to "
            + Schema.VERSION
            + "; "
            + String.format(Locale.ROOT, "%,d", events)
            + " events, "
            + expected(events)
            + "); nothing is lost if it is interrupted, it then begins the step again");
  }

  /** About how long it takes. */
  static String expected(long events) {
    long seconds = Math.ceilDiv(events * MICROS_AN_EVENT, 1_000_000);
    return seconds < 60
        ? "about " + Math.max(1, seconds) + " s"
        : "about " + Math.ceilDiv(seconds, 60) + " min";
  }

  /** The upgrade is over, or has failed. */
  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      if (hasTold && done >= steps) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        told.accept(db.getFileName() + " is up to date, after " + seconds + " s");
      }
      hasTold = true;
    }
  }
}
