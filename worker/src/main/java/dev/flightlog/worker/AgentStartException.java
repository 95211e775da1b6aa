package dev.flightlog.worker;

/** An agent cannot be started, now or later: what is wrong, and how to mend it. */
final class AgentStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentStartException(String message) {
    super(message, null, false, false);
  }
}
