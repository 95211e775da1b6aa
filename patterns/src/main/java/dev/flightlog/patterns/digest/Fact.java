package dev.flightlog.patterns.digest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an observer found, attributed so that a question can be narrowed to it. Immutable.
 *
 * @param micros when it happened, in microseconds since 1970
 * @param agent who did it
 * @param story for what
 * @param values what was found, by the observer's own order
 */
public record Fact(
    String session,
    long micros,
    @Nullable String agent,
    @Nullable String story,
    List<@Nullable String> values) {

  public Fact {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** A value; null when it is absent or the fact has not so many. */
  public @Nullable String text(int index) {
    return index < values.size() ? values.get(index) : null;
  }

  /** A value; empty when it is absent. */
  public String textOrEmpty(int index) {
    String value = text(index);
    return value == null ? "" : value;
  }

  /** A whole number; 0 when the value is absent or no number. */
  public long whole(int index) {
    String value = text(index);
    if (value == null || value.isEmpty() || value.length() > 18) {
      return 0;
    }
    int first = value.charAt(0) == '-' ? 1 : 0;
    long number = 0;
    for (int i = first; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return first == 1 ? -number : number;
  }
}
