package dev.flightlog.shipping.pull;

/** Another machine could not be read; the message says why, and how to mend it. */
public final class PullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean broken;

  PullException(String message, boolean broken) {
    super(message);
    this.broken = broken;
  }

  /** True when a connection that worked broke off: what came until then is kept. */
  boolean isBroken() {
    return broken;
  }
}
