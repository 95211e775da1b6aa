package dev.flightlog.recorder;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as text: frames, causes and suppressed ones, as Java prints them. Methods of the
 * throwable may lie or throw, and causes may run in a circle.
 */
final class StackText {
  private static final int LONGEST = 256 * 1024;
  private static final int MOST_THROWABLES = 50;

  private static final StackTraceElement[] NO_FRAMES = {};

  private final StringBuilder out = new StringBuilder(2048);
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final boolean messages;

  private StackText(boolean messages) {
    this.messages = messages;
  }

  /**
   * @param messages whether the messages of the throwables are told, or their classes only
   */
  static String of(Throwable error, boolean messages) {
    StackText text = new StackText(messages);
    text.add(error, "", "");
    return text.out.toString();
  }

  static String message(Throwable error) {
    try {
      String message = error.getMessage();
      return message == null ? "" : message;
    } catch (Throwable e) {
      HostCode.keepInterrupt(e);
      return "[unreadable: " + e.getClass().getName() + "]";
    }
  }

  /** The first cause of all, or null when the error has no cause. */
  private static @Nullable Throwable rootOf(Throwable error) {
    Throwable root = null;
    Throwable at = cause(error);
    for (int i = 0; at != null && i < MOST_THROWABLES; i++) {
      root = at;
      at = cause(at);
    }
    return root == error ? null : root;
  }

  /** Class and message of the first cause of all, or null when the error has no cause. */
  static @Nullable String rootCause(Throwable error) {
    Throwable root = rootOf(error);
    return root == null ? null : root.getClass().getName() + ": " + message(root);
  }

  private static @Nullable Throwable cause(Throwable error) {
    try {
      return error.getCause();
    } catch (Throwable e) {
      HostCode.keepInterrupt(e);
      return null;
    }
  }

  private void add(Throwable error, String indent, String lead) {
    if (out.length() > LONGEST || seen.size() == MOST_THROWABLES) {
      return;
    }
    out.append(indent).append(lead).append(error.getClass().getName());
    String message = messages ? message(error) : "";
    if (!message.isEmpty()) {
      out.append(": ").append(message, 0, Math.min(message.length(), LONGEST));
    }
    out.append('\n');
    if (!seen.add(error)) {
      out.append(indent).append("\t[the same as above]\n");
      return;
    }
    frames(error, indent);
    for (Throwable suppressed : error.getSuppressed()) {
      add(suppressed, indent + "\t", "Suppressed: ");
    }
    Throwable cause = cause(error);
    if (cause != null) {
      add(cause, indent, "Caused by: ");
    }
  }

  private void frames(Throwable error, String indent) {
    StackTraceElement[] frames;
    try {
      frames = Objects.requireNonNullElse(error.getStackTrace(), NO_FRAMES);
    } catch (Throwable e) {
      HostCode.keepInterrupt(e);
      frames = NO_FRAMES;
    }
    for (StackTraceElement frame : frames) {
      if (out.length() > LONGEST) {
        return;
      }
      out.append(indent).append("\tat ").append(frame).append('\n');
    }
  }
}
