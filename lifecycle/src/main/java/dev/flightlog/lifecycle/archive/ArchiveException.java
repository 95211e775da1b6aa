package dev.flightlog.lifecycle.archive;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An archive that cannot be written or read: one sentence that says which, why, and what to do. */
public final class ArchiveException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public ArchiveException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public ArchiveException(String message) {
    this(message, null);
  }
}
