package dev.flightlog.event.json;

/** Text that is not JSON: what is wrong, and at which byte. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonException(String message, int offset) {
    super(message + " at byte " + offset, null, false, false);
    this.offset = offset;
  }

  /** The index in the buffer at which reading stopped. */
  public int offset() {
    return offset;
  }
}
