package dev.flightlog.importer;

import java.io.Serial;

/** Something given to the importer cannot be used: what, where, and how to mend it. */
public final class ImportException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public ImportException(String message) {
    super(message);
  }
}
