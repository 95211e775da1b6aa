package dev.flightlog.learning.books;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * Reads the members of a line that must be there; what is missing or of another kind is an
 * IllegalArgumentException that names it. Stateless.
 */
public final class BookLine {
  private BookLine() {}

  /** The time of the line. */
  public static Instant instant(Map<?, ?> line) {
    try {
      return Instant.parse(text(line, "timestamp"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("its timestamp is no time", e);
    }
  }

  public static String text(Map<?, ?> line, String key) {
    if (line.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("its " + key + " is missing or no text");
  }

  public static Number number(Map<?, ?> line, String key) {
    if (line.get(key) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("its " + key + " is missing or no number");
  }
}
