package dev.flightlog.runs.files;

import java.io.Serial;

/** Says what cannot be done with a run, where, and how to mend it. */
public final class RunException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
