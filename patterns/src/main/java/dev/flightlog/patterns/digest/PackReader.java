package dev.flightlog.patterns.digest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PackWriter} wrote. What is none of it fails with {@link
 * IndexOutOfBoundsException}. For one thread.
 */
final class PackReader {
  private static final int LONGEST_NUMBER = 64;

  private final byte[] in;
  private final @Nullable String[] names;
  private int at;

  PackReader(String packed) {
    this.in = packed.getBytes(StandardCharsets.ISO_8859_1);
    int count = (int) number();
    if (count < 0 || count > in.length) {
      throw new IndexOutOfBoundsException("so many names are no part of a pack: " + count);
    }
    this.names = new String[count + 1];
    for (int i = 1; i <= count; i++) {
      names[i] = text();
    }
  }

  boolean hasMore() {
    return at < in.length;
  }

  long number() {
    long number = 0;
    for (int shift = 0; shift < LONGEST_NUMBER; shift += 5) {
      int five = in[at++] - PackWriter.FIRST;
      number |= (five & 31L) << shift;
      if (five < PackWriter.MORE) {
        return number;
      }
    }
    throw new IndexOutOfBoundsException("a number is too long");
  }

  long signed() {
    long number = number();
    return number >>> 1 ^ -(number & 1);
  }

  /** An index below a bound. */
  int index() {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException("no index: " + number);
    }
    return (int) number;
  }

  String text() {
    long head = number();
    int length = (int) (head >>> 1);
    if (length < 0 || length > in.length - at) {
      throw new IndexOutOfBoundsException("a text of " + length + " is too long");
    }
    if ((head & 1) == 0) {
      String text = new String(in, at, length, StandardCharsets.ISO_8859_1);
      at += length;
      return text;
    }
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) number());
    }
    return text.toString();
  }

  /** Reads past a text. */
  void skipText() {
    long head = number();
    int length = (int) (head >>> 1);
    if (length < 0 || length > in.length - at) {
      throw new IndexOutOfBoundsException("a text of " + length + " is too long");
    }
    if ((head & 1) == 0) {
      at += length;
      return;
    }
    for (int i = 0; i < length; i++) {
      number();
    }
  }

  @Nullable String name() {
    return names[index()];
  }

  String nameOrEmpty() {
    return nameAt(index());
  }

  /** The name with this number; empty for 0. */
  String nameAt(int number) {
    String name = names[number];
    return name == null ? "" : name;
  }
}
