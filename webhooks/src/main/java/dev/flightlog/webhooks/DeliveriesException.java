package dev.flightlog.webhooks;

import org.jspecify.annotations.Nullable;

/** Deliveries cannot be kept or read. The message tells what, where, and how to mend it. */
public final class DeliveriesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean overload;

  DeliveriesException(String message, @Nullable Throwable cause) {
    super(message, cause);
    overload = false;
  }

  /** Too many wait; later there is room again. */
  DeliveriesException() {
    super("too many deliveries wait for the disk");
    overload = true;
  }

  boolean isOverload() {
    return overload;
  }
}
