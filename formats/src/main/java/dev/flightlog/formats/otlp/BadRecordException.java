package dev.flightlog.formats.otlp;

/** A record, or what surrounds it, is not as the protocol says. Without a stack trace. */
public final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadRecordException(String message) {
    super(message, null, false, false);
  }
}
