package dev.flightlog.webhooks.provider;

/** A request cannot be taken. The message tells its sender why and how to mend it. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status the HTTP status that says it
   */
  public RefusedException(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
