package dev.flightlog.wording.tokens;

/**
 * Cuts a text into the pieces within which bytes may be joined; no token crosses a cut.
 *
 * <p>{@code o200k_base} defines the cuts by one regular expression, whose alternatives are tried in
 * this order, each as greedy as it can be:
 *
 * <pre>{@code
 * word      [^\r\n\p{L}\p{N}]? HEAD* TAIL+ CONTRACTION?      HEAD = \p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}
 * capitals  [^\r\n\p{L}\p{N}]? HEAD+ TAIL* CONTRACTION?      TAIL = \p{Ll}\p{Lm}\p{Lo}\p{M}
 * number    \p{N}{1,3}                                       CONTRACTION = (?i:'s|'t|'re|'ve|'m|'ll|'d)
 * signs     ' '?[^\s\p{L}\p{N}]+[\r\n/]*
 * lines     \s*[\r\n]+
 * blanks    \s+(?!\S)|\s+
 * }</pre>
 *
 * <p>This is that expression as a scanner: it starts without compiling anything, cannot overflow
 * the stack and looks at each character a bounded number of times. It reads UTF-8 that was encoded
 * by the JDK and so is well formed.
 */
final class Pieces {
  private static final int NEWLINE = 1;
  private static final int BLANK = 1 << 1;
  private static final int CAPITAL = 1 << 2;
  private static final int SMALL = 1 << 3;
  private static final int CASELESS = 1 << 4;
  private static final int MARK = 1 << 5;
  private static final int DIGIT = 1 << 6;
  private static final int SIGN = 1 << 7;

  private static final int SHARED = CASELESS | MARK;
  private static final int HEAD = CAPITAL | SHARED;
  private static final int TAIL = SMALL | SHARED;
  private static final int LETTER = CAPITAL | SMALL | CASELESS;
  private static final int SPACES = NEWLINE | BLANK;

  private static final int NONE = -1;

  private static final byte[] ASCII = asciiKinds();

  private Pieces() {}

  /** Where the piece ends that begins at {@code from}, which must be inside the text. */
  static int end(byte[] text, int from) {
    int kind = kindAt(text, from);
    int next = from + width(text[from]);
    if ((kind & LETTER) != 0) {
      return wordEnd(text, from, NONE);
    }
    if (kind == DIGIT) {
      return numberEnd(text, next);
    }
    if (kind != NEWLINE) {
      int end = wordEnd(text, next, kind == MARK ? next : NONE);
      if (end != NONE) {
        return end;
      }
    }
    boolean signs = kind == SIGN || (text[from] == ' ' && kindAt(text, next) == SIGN);
    return signs ? signsEnd(text, next) : spacesEnd(text, from);
  }

  /**
   * The end of a word, or else of capitals, whose HEAD begins at {@code start}.
   *
   * <p>A word needs a last character out of TAIL. HEAD takes all it can, and if no small letter
   * follows, gives back up to its last character that TAIL shares. Without any, the run is capitals
   * only and is a piece as a whole.
   *
   * @param shared the end of a shared character already passed, for a mark is led by nothing and
   *     may be all of a word; or NONE
   */
  private static int wordEnd(byte[] text, int start, int shared) {
    int at = start;
    int kind = kindAt(text, at);
    while ((kind & HEAD) != 0) {
      at += width(text[at]);
      if ((kind & SHARED) != 0) {
        shared = at;
      }
      kind = kindAt(text, at);
    }
    if (kind == SMALL) {
      return contractionEnd(text, skip(text, at, TAIL));
    }
    if (shared != NONE) {
      return contractionEnd(text, shared);
    }
    return at == start ? NONE : contractionEnd(text, at);
  }

  private static int contractionEnd(byte[] text, int at) {
    if (byteAt(text, at) != '\'') {
      return at;
    }
    int first = lower(text, at + 1);
    int second = lower(text, at + 2);
    boolean longS = byteAt(text, at + 1) == (byte) 0xC5 && byteAt(text, at + 2) == (byte) 0xBF;
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return at + 2;
    }
    boolean two = first == 'l' ? second == 'l' : second == 'e' && (first == 'r' || first == 'v');
    return two || longS ? at + 3 : at;
  }

  private static int numberEnd(byte[] text, int second) {
    int at = second;
    for (int digits = 1; digits < 3 && kindAt(text, at) == DIGIT; digits++) {
      at += width(text[at]);
    }
    return at;
  }

  private static int signsEnd(byte[] text, int start) {
    int at = skip(text, start, SIGN | MARK);
    while (byteAt(text, at) == '/' || kindAt(text, at) == NEWLINE) {
      at++;
    }
    return at;
  }

  /** Up to the last line end, or else all but the last blank if something follows. */
  private static int spacesEnd(byte[] text, int from) {
    int at = from;
    int last = from;
    int lineEnd = NONE;
    for (int kind = kindAt(text, at); (kind & SPACES) != 0; kind = kindAt(text, at)) {
      last = at;
      at += width(text[at]);
      if (kind == NEWLINE) {
        lineEnd = at;
      }
    }
    if (lineEnd != NONE) {
      return lineEnd;
    }
    return at == text.length || last == from ? at : last;
  }

  private static int skip(byte[] text, int from, int kinds) {
    int at = from;
    while ((kindAt(text, at) & kinds) != 0) {
      at += width(text[at]);
    }
    return at;
  }

  private static int byteAt(byte[] text, int at) {
    return at < text.length ? text[at] : 0;
  }

  /** The ASCII letter at {@code at} made small; other bytes never become a letter. */
  private static int lower(byte[] text, int at) {
    return byteAt(text, at) | 0x20;
  }

  private static int width(byte lead) {
    return lead >= 0 ? 1 : (lead & 0xFF) < 0xE0 ? 2 : (lead & 0xFF) < 0xF0 ? 3 : 4;
  }

  /** The kind of the character that begins at {@code at}; no kind, 0, at the end of the text. */
  private static int kindAt(byte[] text, int at) {
    if (at >= text.length) {
      return 0;
    }
    byte lead = text[at];
    return lead >= 0 ? ASCII[lead] & 0xFF : kind(codePoint(text, at, lead));
  }

  private static int codePoint(byte[] text, int at, byte lead) {
    int second = text[at + 1] & 0x3F;
    return switch (width(lead)) {
      case 2 -> (lead & 0x1F) << 6 | second;
      case 3 -> (lead & 0x0F) << 12 | second << 6 | (text[at + 2] & 0x3F);
      default ->
          (lead & 0x07) << 18 | second << 12 | (text[at + 2] & 0x3F) << 6 | (text[at + 3] & 0x3F);
    };
  }

  private static byte[] asciiKinds() {
    byte[] kinds = new byte[128];
    for (int c = 0; c < kinds.length; c++) {
      kinds[c] = (byte) kind(c);
    }
    return kinds;
  }

  private static int kind(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> CAPITAL;
      case Character.LOWERCASE_LETTER -> SMALL;
      case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> CASELESS;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          MARK;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> DIGIT;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          BLANK;
      case Character.CONTROL -> control(codePoint);
      default -> SIGN;
    };
  }

  private static int control(int c) {
    if (c == '\r' || c == '\n') {
      return NEWLINE;
    }
    return c >= '\t' && c <= '\r' || c == 0x85 ? BLANK : SIGN;
  }
}
