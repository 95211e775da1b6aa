package dev.flightlog.importer;

import java.io.Serial;

/** The import was stopped from outside; nothing is wrong with what it was reading. */
final class StoppedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  StoppedException() {
    super("The import was stopped.");
  }
}
