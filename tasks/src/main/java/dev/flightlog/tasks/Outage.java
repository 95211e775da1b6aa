package dev.flightlog.tasks;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether something that others need works: one message when it stops, one when it does again, and
 * pauses that grow in between. Safe for any thread.
 */
public final class Outage {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final String what;
  private final Consumer<String> messages;
  private Duration pause = FIRST;
  private long since;
  private @Nullable String reason;

  /**
   * @param what is said to work again, such as {@code the queue}
   * @param messages told on the thread that noticed
   */
  public Outage(String what, Consumer<String> messages) {
    this.what = what;
    this.messages = messages;
  }

  /**
   * It did not work.
   *
   * @return how long to leave it alone
   */
  public Duration failed(String why) {
    boolean first;
    Duration now;
    synchronized (this) {
      first = reason == null;
      reason = why;
      now = first ? FIRST : pause;
      since = first ? System.nanoTime() : since;
      Duration next = now.multipliedBy(2);
      pause = next.compareTo(LONGEST) < 0 ? next : LONGEST;
    }
    if (first) {
      messages.accept(why + "; it is tried until it works again");
    }
    return now;
  }

  /**
   * It worked.
   *
   * @return true when it did not before
   */
  public boolean worked() {
    long began;
    synchronized (this) {
      if (reason == null) {
        return false;
      }
      reason = null;
      began = since;
    }
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    messages.accept(what + " works again, after " + seconds + " s");
    return true;
  }

  /** Why it does not work now; nothing when it does, as far as is known. */
  public synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}
