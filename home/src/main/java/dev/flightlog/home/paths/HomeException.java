package dev.flightlog.home.paths;

/**
 * Something in a home, or the home itself, cannot be used as it is. The message says what is wrong,
 * where, and how to mend it; it is for people, and there is no stack trace.
 */
public final class HomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HomeException(String message) {
    super(message, null, false, false);
  }
}
