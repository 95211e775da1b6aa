package dev.flightlog.cli.words;

/** A word is unknown, missing or too much: which, and where help is. */
public final class WordsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WordsException(String message) {
    super(message, null, false, false);
  }
}
