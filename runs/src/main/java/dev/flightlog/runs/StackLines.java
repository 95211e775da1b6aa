package dev.flightlog.runs;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A throwable as text, with its causes, which may run in a circle; its methods may throw. */
final class StackLines {
  private static final int MOST_CAUSES = 20;

  private StackLines() {}

  static String of(Throwable error) {
    StringBuilder text = new StringBuilder(1024);
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable at = error;
    while (at != null && seen.size() < MOST_CAUSES && seen.add(at)) {
      text.append(text.length() == 0 ? "" : "Caused by: ").append(head(at)).append('\n');
      for (StackTraceElement frame : at.getStackTrace()) {
        text.append("\tat ").append(frame).append('\n');
      }
      at = cause(at);
    }
    return text.toString();
  }

  /** The throwable as it tells itself, or that it cannot. */
  static String head(Throwable error) {
    try {
      return String.valueOf(error);
    } catch (Throwable e) {
      return error.getClass().getName() + ": [unreadable: " + e.getClass().getName() + "]";
    }
  }

  private static @Nullable Throwable cause(Throwable error) {
    try {
      return error.getCause();
    } catch (Throwable e) {
      return null;
    }
  }
}
