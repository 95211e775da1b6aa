package dev.flightlog.stores.clickhouse.rows;

/**
 * Finds JSON that simdjson, ClickHouse's reader, refuses as a whole, or reads otherwise: numbers
 * beyond 64 bits, exponents, escaped surrogates, bytes that may be no UTF-8.
 */
final class OddJson {
  private static final int MOST_DIGITS = 18;

  private OddJson() {}

  /** Never misses one; may take a plain one for odd, which costs a second copy of it. */
  static boolean isOdd(byte[] bytes, int from, int to) {
    int digits = 0;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        at = endOfString(bytes, at + 1, to);
        if (at < 0) {
          return true;
        }
        digits = 0;
      } else if (b >= '0' && b <= '9') {
        if (++digits > MOST_DIGITS) {
          return true;
        }
      } else if ((b == 'e' || b == 'E') && digits > 0) {
        return true;
      } else if (b != '.') {
        digits = 0;
      }
    }
    return false;
  }

  /** The closing quote; -1 when there is something odd before it. */
  private static int endOfString(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b == '"') {
        return at;
      } else if (b == '\\') {
        if (at + 2 < to && bytes[at + 1] == 'u' && (bytes[at + 2] | 0x20) == 'd') {
          return -1;
        }
        at += 2;
      } else if (b >= 0) {
        at++;
      } else {
        at = behindCharacter(bytes, at, to);
        if (at < 0) {
          return -1;
        }
      }
    }
    return -1;
  }

  /** Behind a character of several bytes; -1 when it is none. */
  private static int behindCharacter(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || at + more >= to) {
      return -1;
    }
    int second = bytes[at + 1] & 0xff;
    boolean shifted =
        first == 0xe0 && second < 0xa0
            || first == 0xed && second > 0x9f
            || first == 0xf0 && second < 0x90
            || first == 0xf4 && second > 0x8f;
    for (int i = 1; i <= more; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return shifted ? -1 : at + more + 1;
  }
}
