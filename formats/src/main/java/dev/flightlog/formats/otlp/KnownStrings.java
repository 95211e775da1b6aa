package dev.flightlog.formats.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that come with every record, such as those of attributes: each is decoded and hashed
 * once. Bounded: a name takes the place of another. Belongs to one thread.
 */
final class KnownStrings {
  private static final int PLACES = 128;
  private static final int LONGEST = 100;

  private final byte[][] keys = new byte[PLACES][];
  private final @Nullable String[] texts = new String[PLACES];

  KnownStrings() {
    Arrays.fill(keys, new byte[0]);
  }

  /** The text of these bytes. */
  String of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int hash = length;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    int place = (hash ^ hash >>> 15) & (PLACES - 1);
    String known = texts[place];
    if (known != null && Arrays.equals(keys[place], 0, keys[place].length, bytes, from, to)) {
      return known;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    keys[place] = Arrays.copyOfRange(bytes, from, to);
    texts[place] = text;
    return text;
  }
}
