package dev.flightlog.stores.testserver;

import java.io.Serial;

/**
 * There is no ClickHouse on this machine. A test says so loudly, {@code NOT TESTED}, and is no
 * success.
 */
public final class MissingServerException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String reason;

  MissingServerException(String why) {
    super("NOT TESTED with the real ClickHouse (" + ClickHousePackage.NAME + " of npm): " + why);
    reason = why;
  }

  /** Why there is none. */
  String reason() {
    return reason;
  }
}
