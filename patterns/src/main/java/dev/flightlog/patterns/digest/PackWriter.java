package dev.flightlog.patterns.digest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers and texts into one text of plain ASCII, as every store keeps it: numbers five bits
 * a character, texts that recur once. {@link PackReader} reads it. For one thread.
 */
final class PackWriter {
  /** The characters from here on stand for five bits, those {@link #MORE} later if more follow. */
  static final int FIRST = '0';

  static final int MORE = 32;

  private final StringBuilder body = new StringBuilder();
  private final Map<String, Integer> names = new LinkedHashMap<>();

  /** A number that is not negative. */
  PackWriter number(long number) {
    number(number, body);
    return this;
  }

  /** Any number. */
  PackWriter signed(long number) {
    return number(number << 1 ^ number >> 63);
  }

  private static void number(long number, StringBuilder out) {
    long left = number;
    while (left >>> 5 != 0) {
      out.append((char) (FIRST + MORE + (left & 31)));
      left >>>= 5;
    }
    out.append((char) (FIRST + left));
  }

  /** A text that hardly recurs. */
  PackWriter text(String text) {
    text(text, body);
    return this;
  }

  private static void text(String text, StringBuilder out) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 127);
    number((long) text.length() << 1 | (plain ? 0 : 1), out);
    if (plain) {
      out.append(text);
    } else {
      text.chars().forEach(c -> number(c, out));
    }
  }

  /** A text that recurs, or null. */
  PackWriter name(@Nullable String name) {
    if (name == null) {
      return number(0);
    }
    Integer known = names.get(name);
    if (known == null) {
      known = names.size() + 1;
      names.put(name, known);
    }
    return number(known);
  }

  int length() {
    return body.length();
  }

  /** All of it. */
  String finish() {
    StringBuilder out = new StringBuilder(body.length() + 64 * names.size());
    number(names.size(), out);
    names.keySet().forEach(name -> text(name, out));
    return out.append(body).toString();
  }
}
