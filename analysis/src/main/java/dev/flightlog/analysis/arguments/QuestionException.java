package dev.flightlog.analysis.arguments;

import java.io.Serial;

/** A call that can have no answer. The message says what is wrong and how to ask instead. */
public class QuestionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public QuestionException(String message) {
    super(message);
  }
}
