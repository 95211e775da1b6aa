package dev.flightlog.lifecycle;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A run that refuses or fails: one sentence that says why, and what to do. */
public final class LifecycleException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public LifecycleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public LifecycleException(String message) {
    this(message, null);
  }
}
