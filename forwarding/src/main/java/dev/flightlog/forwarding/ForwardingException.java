package dev.flightlog.forwarding;

/** The settings of forwarding are wrong; the message says which part, and how to mend it. */
public final class ForwardingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ForwardingException(String message) {
    super(message);
  }
}
