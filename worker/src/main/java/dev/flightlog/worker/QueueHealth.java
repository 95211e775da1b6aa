package dev.flightlog.worker;

import dev.flightlog.tasks.queue.QueueException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the queue answers: one message when it stops, one when it does again, and pauses that
 * grow in between. For one thread.
 */
final class QueueHealth {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Consumer<String> problems;
  private Duration pause = FIRST;
  private long since;
  private @Nullable String failing;

  QueueHealth(Consumer<String> problems) {
    this.problems = problems;
  }

  /** It did not answer; tells how long to leave it alone. */
  Duration failed(QueueException e) {
    if (failing == null) {
      failing = String.valueOf(e.getMessage());
      since = System.nanoTime();
      problems.accept(failing + "; it is tried until it answers");
    }
    Duration now = pause;
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST) < 0 ? next : LONGEST;
    return now;
  }

  boolean isFailing() {
    return failing != null;
  }

  /** It answered; true when it did not before. */
  boolean answered() {
    boolean back = failing != null;
    if (back) {
      long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();
      problems.accept("the queue answers again, after " + seconds + " s");
      failing = null;
      pause = FIRST;
    }
    return back;
  }
}
