package dev.flightlog.event.redaction.text;

/** What single characters of log text are, for bytes and for the Latin-1 view of them. */
public final class Bytes {
  private static final byte[] CLASSES = new byte[256];
  private static final byte WORD = 1;
  private static final byte ALNUM = 2;
  private static final byte DIGIT = 4;

  static {
    for (int c = '0'; c <= '9'; c++) {
      CLASSES[c] = WORD | ALNUM | DIGIT;
    }
    for (int c = 'a'; c <= 'z'; c++) {
      CLASSES[c] = WORD | ALNUM;
      CLASSES[c - 32] = WORD | ALNUM;
    }
    CLASSES['_'] = WORD;
    CLASSES['-'] = WORD;
  }

  private Bytes() {}

  /** A letter, a digit, an underscore or a hyphen. */
  public static boolean isWord(int b) {
    return (CLASSES[b & 0xff] & WORD) != 0;
  }

  /** A letter or a digit. */
  public static boolean isAlnum(int b) {
    return (CLASSES[b & 0xff] & ALNUM) != 0;
  }

  public static boolean isDigit(int b) {
    return (CLASSES[b & 0xff] & DIGIT) != 0;
  }

  public static boolean isUpper(int b) {
    return b >= 'A' && b <= 'Z';
  }

  public static boolean isLower(int b) {
    return b >= 'a' && b <= 'z';
  }

  public static boolean isBlank(int b) {
    return b == ' ' || b == '\t';
  }

  public static boolean isQuote(int b) {
    return b == '"' || b == '\'' || b == '`';
  }

  public static int hex(int b) {
    int digit = Character.digit((char) (b & 0xff), 16);
    return (b & 0x80) != 0 ? -1 : digit;
  }

  /** Where the ASCII text first stands between the two positions, or -1. */
  public static int find(byte[] bytes, int from, int to, String text) {
    int last = to - text.length();
    for (int i = from; i <= last; i++) {
      if (bytes[i] == text.charAt(0) && startsWith(bytes, i, to, text)) {
        return i;
      }
    }
    return -1;
  }

  public static boolean startsWith(byte[] bytes, int at, int to, String text) {
    if (to - at < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the JSON string that holds the position ends: its quote, or the end of the text. */
  public static int stringEnd(byte[] json, int at, int to) {
    for (int i = at; i < to; i++) {
      if (json[i] == '"' && !isEscaped(json, i)) {
        return i;
      }
    }
    return to;
  }

  /** Where the JSON string that holds the position begins, but not before {@code from}. */
  public static int stringStart(byte[] json, int from, int at) {
    int i = at;
    while (i > from && (json[i - 1] != '"' || isEscaped(json, i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isEscaped(byte[] json, int at) {
    int i = at;
    while (i > 0 && json[i - 1] == '\\') {
      i--;
    }
    return (at - i & 1) == 1;
  }

  /**
   * Whether a token may start here: at the start, behind no letter, digit, underscore or hyphen, or
   * behind one that only ends an escape, a percent code or a terminal's colour code.
   */
  public static boolean startsAfresh(byte[] bytes, int from, int at) {
    if (at == from || !isWord(bytes[at - 1])) {
      return true;
    }
    int before = bytes[at - 1];
    if (at - 2 >= from && bytes[at - 2] == '\\' && "nrtbf".indexOf(before) >= 0) {
      return true;
    }
    if (at - 3 >= from && bytes[at - 3] == '%' && hex(before) >= 0 && hex(bytes[at - 2]) >= 0) {
      return true;
    }
    if (at - 6 >= from && bytes[at - 6] == '\\' && bytes[at - 5] == 'u') {
      return true;
    }
    return before == 'm' && endsColour(bytes, from, at - 1);
  }

  private static boolean endsColour(byte[] bytes, int from, int end) {
    int i = end;
    while (i > from && end - i < 10 && (isDigit(bytes[i - 1]) || bytes[i - 1] == ';')) {
      i--;
    }
    return i > from && bytes[i - 1] == '[';
  }
}
