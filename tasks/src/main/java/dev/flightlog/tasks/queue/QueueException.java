package dev.flightlog.tasks.queue;

/** The queue cannot be reached or does not do what was asked; the message says which and how. */
public final class QueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueueException(String message) {
    super(message);
  }

  public QueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
