package dev.flightlog.tasks.folder;

import java.io.IOException;

/**
 * A file of a task's folder holds something else than it must; reading it again will not help. The
 * message names the file and what is wrong with it.
 */
public final class BrokenTaskException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenTaskException(String message, Throwable cause) {
    super(message, cause);
  }

  BrokenTaskException(String message) {
    super(message);
  }
}
