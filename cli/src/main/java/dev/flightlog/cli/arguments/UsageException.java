package dev.flightlog.cli.arguments;

/** A word is unknown, missing or too much: which, and where help is. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
