package dev.flightlog.learning.books;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

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

  /**
   * Texts of a list; of a line of an earlier version the one text that it has.
   *
   * @param single the member of earlier versions
   * @param read makes the text of that member
   */
  public static SortedSet<String> oneOrMore(
      Map<?, ?> line, String key, String single, UnaryOperator<String> read) {
    SortedSet<String> texts = new TreeSet<>();
    if (line.get(key) instanceof List<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each)));
    }
    if (texts.isEmpty()) {
      texts.add(read.apply(text(line, single)));
    }
    return texts;
  }

  public static Number number(Map<?, ?> line, String key) {
    if (line.get(key) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("its " + key + " is missing or no number");
  }
}
