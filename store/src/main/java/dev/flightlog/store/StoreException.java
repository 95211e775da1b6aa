package dev.flightlog.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a store fails. The message says what, where, and how to mend it. What was
 * being appended is then not kept.
 */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What a caller can do about it. */
  public enum Kind {
    /** Come back later. */
    OVERLOADED,
    /** The store is not there now: file system, network. */
    UNREACHABLE,
    /** Another process writes to this store. */
    BUSY,
    /** There is no space left. Goes on by itself when there is. */
    FULL,
    /** The thread was interrupted, or patience ran out. */
    STOPPED,
    /** The request can never be answered. */
    REFUSED,
    /** What is kept cannot be read any more; rebuild it from the journals. */
    DAMAGED,
    /** Written by a newer Flightlog. */
    NEWER,
    /** The store was closed before. */
    CLOSED
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }

  /** True when the same call may succeed later without anyone changing it. */
  public boolean worthRetrying() {
    return switch (kind) {
      case OVERLOADED, UNREACHABLE, BUSY, FULL -> true;
      case STOPPED, REFUSED, DAMAGED, NEWER, CLOSED -> false;
    };
  }
}
