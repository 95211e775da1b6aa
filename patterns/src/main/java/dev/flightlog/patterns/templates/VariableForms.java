package dev.flightlog.patterns.templates;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Forms that vary by nature, recognised in the bytes of a line: paths, host names, hexadecimal
 * numbers, addresses with colons, dates in words, units. Stateless.
 */
final class VariableForms {
  static final byte SPACE = 0;
  static final byte LETTER = 1;
  static final byte DIGIT = 2;

  /** Holds a name together. */
  static final byte JOINER = 3;

  /** Stands for itself. */
  static final byte MARK = 4;

  /** Beyond ASCII. */
  static final byte WIDE = 5;

  static final byte[] KIND = new byte[256];
  private static final boolean[] HEX = new boolean[256];
  private static final byte[][] DATES =
      words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun");
  private static final byte[][] UNITS =
      words(
          "B KB MB GB TB kB KiB MiB GiB TiB ns us ms s sec secs UTC GMT EST EDT CST CDT MST MDT PST PDT CET CEST");

  private static final byte[][] TESTS = words("Test test Benchmark Fuzz Example");

  /** Where host names end, alone or before a country. */
  private static final byte[][] DOMAINS =
      words("com net org edu gov mil int ac co info biz local internal localdomain");

  static {
    Arrays.fill(KIND, 0, 33, SPACE);
    Arrays.fill(KIND, 33, 127, MARK);
    Arrays.fill(KIND, 'a', 'z' + 1, LETTER);
    Arrays.fill(KIND, 'A', 'Z' + 1, LETTER);
    Arrays.fill(KIND, '0', '9' + 1, DIGIT);
    for (char c : "._-/\\@#$%&+*~".toCharArray()) {
      KIND[c] = JOINER;
    }
    KIND[127] = SPACE;
    Arrays.fill(KIND, 128, 256, WIDE);
    for (char c : "0123456789abcdefABCDEF".toCharArray()) {
      HEX[c] = true;
    }
  }

  private VariableForms() {}

  private static byte[][] words(String list) {
    String[] each = list.split(" ");
    byte[][] words = new byte[each.length][];
    for (int i = 0; i < each.length; i++) {
      words[i] = each[i].getBytes(StandardCharsets.US_ASCII);
    }
    return words;
  }

  static byte kind(byte c) {
    return KIND[c & 0xff];
  }

  static boolean isHex(byte c) {
    return HEX[c & 0xff];
  }

  private static boolean isWord(byte c) {
    return kind(c) == LETTER || kind(c) == DIGIT;
  }

  private static boolean oneOf(byte[][] words, byte[] in, int from, int to) {
    for (byte[] word : words) {
      if (word.length == to - from && Arrays.equals(word, 0, word.length, in, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** The end of a unit behind a number that ends at {@code at}, else {@code at}. */
  static int unit(byte[] in, int at, int end) {
    int from = at < end && in[at] == ' ' ? at + 1 : at;
    int k = from;
    while (k < end && k - from < 5 && kind(in[k]) == LETTER) {
      k++;
    }
    boolean whole = k > from && (k == end || (!isWord(in[k]) && in[k] != '=' && in[k] != '_'));
    return whole && k - from < 5 && oneOf(UNITS, in, from, k) ? k : at;
  }

  /** A month or a weekday at {@code from}, with a number or another of them behind it. */
  static boolean isPartOfDate(byte[] in, int from, int to, int end) {
    if (to - from != 3 || in[from] > 'Z' || !oneOf(DATES, in, from, to)) {
      return false;
    }
    int k = to;
    while (k < end && (in[k] == ' ' || in[k] == ',')) {
      k++;
    }
    boolean next = k > to && k < end;
    return next
        && (kind(in[k]) == DIGIT
            || (k + 3 < end && oneOf(DATES, in, k, k + 3) && !isWord(in[k + 3])));
  }

  /** Names joined by slashes: from a root, several folders deep, or ending like a file. */
  static boolean isPath(byte[] in, int from, int to, int slashes) {
    byte first = in[from];
    if (first == '/' || first == '\\') {
      return to - from > 1;
    }
    return slashes > 1
        || first == '~'
        || first == '.'
        || in[to - 1] == '/'
        || hasExtension(in, from, to);
  }

  private static boolean hasExtension(byte[] in, int from, int to) {
    for (int i = to - 1; i > from && i > to - 6; i--) {
      if (in[i] == '.') {
        return i < to - 1;
      }
      if (kind(in[i]) == JOINER) {
        return false;
      }
    }
    return false;
  }

  /**
   * A name of a machine: labels with dots that end in a domain, or that have a digit and end in
   * small letters.
   */
  static boolean isHost(byte[] in, int from, int to, boolean digits) {
    int last = lastDot(in, from, to);
    if (last <= from || to - last < 3 || to - last > 12) {
      return false;
    }
    int dots = 0;
    for (int i = from; i < to; i++) {
      dots += in[i] == '.' ? 1 : 0;
      if (in[i] == '/'
          || in[i] == '\\'
          || in[i] == '_'
          || (i > last && (in[i] < 'a' || in[i] > 'z'))) {
        return false;
      }
    }
    if (oneOf(DOMAINS, in, last + 1, to)) {
      return true;
    }
    boolean country = to - last == 3;
    int before = lastDot(in, from, last);
    return country && before > from && (digits || oneOf(DOMAINS, in, before + 1, last))
        || (digits && dots > 1 && to - last < 6);
  }

  private static int lastDot(byte[] in, int from, int to) {
    int i = to - 1;
    while (i > from && in[i] != '.') {
      i--;
    }
    return i;
  }

  /**
   * The name of a test, or the parameter of one in square brackets behind it: {@code TestInit},
   * {@code test_sum[large]}. A stage or a level in brackets stays.
   *
   * @param from where the name begins
   * @param to where it ends
   */
  static boolean isNameOfTest(byte[] in, int from, int to, int end) {
    if (isTest(in, from, to)) {
      return true;
    }
    if (from < 2 || in[from - 1] != '[' || to >= end || in[to] != ']') {
      return false;
    }
    int name = from - 1;
    while (name > 0 && (isWord(in[name - 1]) || in[name - 1] == '_')) {
      name--;
    }
    return isTest(in, name, from - 1);
  }

  private static boolean isTest(byte[] in, int from, int to) {
    for (byte[] start : TESTS) {
      int next = from + start.length;
      if (next < to
          && Arrays.equals(start, 0, start.length, in, from, next)
          && (in[next] == '_' || (in[next] >= 'A' && in[next] <= 'Z'))) {
        return true;
      }
    }
    return false;
  }

  /** Letters that can only be a hexadecimal number. */
  static boolean isHexNumber(byte[] in, int from, int to) {
    if (to - from < 8) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isHex(in[i])) {
        return false;
      }
    }
    return true;
  }

  /** The end of a URL whose scheme ends at {@code colon}. */
  static int url(byte[] in, int colon, int end) {
    int k = colon + 3;
    while (k < end && kind(in[k]) != SPACE && "\"'<>`".indexOf(in[k]) < 0) {
      k++;
    }
    while (k > colon + 3 && ".,;:)]}".indexOf(in[k - 1]) >= 0) {
      k--;
    }
    return k;
  }

  /** The end of what follows a path like {@code ?a=1&b=2}. */
  static int query(byte[] in, int at, int end) {
    int k = at;
    while (k < end && kind(in[k]) != SPACE && "\"'<>`,;)]}".indexOf(in[k]) < 0) {
      k++;
    }
    return k;
  }

  /** The end of a hardware or IPv6 address that begins at {@code from}, else 0. */
  static int address(byte[] in, int from, int end) {
    int groups = 0;
    int digits = 0;
    boolean doubled = false;
    int k = from;
    while (k < end) {
      int start = k;
      while (k < end && isHex(in[k]) && k - start < 5) {
        digits += in[k] <= '9' ? 1 : 0;
        k++;
      }
      if (k - start > 4) {
        return 0;
      }
      groups++;
      if (k + 1 < end && in[k] == ':' && (isHex(in[k + 1]) || in[k + 1] == ':')) {
        doubled |= in[k + 1] == ':';
        k++;
      } else {
        break;
      }
    }
    boolean whole = k >= end || !isWord(in[k]);
    return whole && digits > 0 && (groups >= 4 || (doubled && groups >= 3)) ? k : 0;
  }
}
