package dev.flightlog.recorder;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls into objects of the host, whose methods may throw anything: errors of their own, checked
 * exceptions nobody declared, a full stack.
 */
final class HostCode {
  private HostCode() {}

  /** The object as text; a note when it cannot tell. Never throws. */
  static String text(@Nullable Object object) {
    try {
      return object == null ? "null" : textOf(object);
    } catch (Throwable e) {
      keepInterrupt(e);
      return "[unreadable: " + e.getClass().getName() + "]";
    }
  }

  /** The object as text, throwing what it throws; no text is the text {@code null}. */
  static String textOf(Object object) {
    return String.valueOf(object.toString());
  }

  /** The task, or one that gives null. */
  @SuppressWarnings("NullAway") // null is what nothing gives
  static <T extends @Nullable Object> Callable<T> orNothing(@Nullable Callable<T> task) {
    return task == null ? () -> null : task;
  }

  /** The task, or one that gives null. */
  @SuppressWarnings("NullAway") // null is what nothing gives
  static <T extends @Nullable Object> Supplier<T> orNothing(@Nullable Supplier<T> task) {
    return task == null ? () -> null : task;
  }

  /** The task, or one that does nothing. */
  static Runnable orNothing(@Nullable Runnable task) {
    return task == null ? () -> {} : task;
  }

  /** An interrupt that came out of the host's code is kept for the host. */
  static void keepInterrupt(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
