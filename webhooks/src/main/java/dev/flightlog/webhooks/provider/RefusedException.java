package dev.flightlog.webhooks.provider;

/** A signed request is no delivery. The message tells its sender why and how to mend it. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean unknownForm;

  private RefusedException(boolean unknownForm, String reason) {
    super(reason, null, false, false);
    this.unknownForm = unknownForm;
  }

  /** What it holds is not what it must hold. */
  public static RefusedException malformed(String reason) {
    return new RefusedException(false, reason);
  }

  /** Its body has a form that is not read. */
  public static RefusedException unknownForm(String reason) {
    return new RefusedException(true, reason);
  }

  public boolean isUnknownForm() {
    return unknownForm;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
