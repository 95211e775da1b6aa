package dev.flightlog.analysis.arguments;

/** A question names something that no event has; the message has the nearest names. */
public final class NotFoundException extends QuestionException {
  private static final long serialVersionUID = 1;

  public NotFoundException(String message) {
    super(message);
  }
}
