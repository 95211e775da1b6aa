package dev.flightlog.worker.capture;

/**
 * Recognises a private key that is printed over many lines, of which each alone looks like nothing
 * in particular. For one thread.
 */
final class KeyBlock {
  /** A key without an end is taken to be at most so many lines long. */
  private static final int MOST_LINES = 400;

  private static final String BEGIN = "-----BEGIN ";
  private static final String KIND = "PRIVATE KEY";
  private static final String END = "-----END ";

  private int lines;

  /** What to do with a line. */
  enum Part {
    /** Not of a key. */
    NONE,
    /** The first line: a mark stands for the whole key. */
    FIRST,
    /** To be left out. */
    INNER
  }

  Part of(byte[] bytes, int from, int to) {
    if (lines > 0) {
      lines = holds(bytes, from, to, END) || lines >= MOST_LINES ? 0 : lines + 1;
      return Part.INNER;
    }
    if (to - from < 200
        && holds(bytes, from, to, BEGIN)
        && holds(bytes, from, to, KIND)
        && !holds(bytes, from, to, END)) {
      lines = 1;
      return Part.FIRST;
    }
    return Part.NONE;
  }

  private static boolean holds(byte[] bytes, int from, int to, String wanted) {
    int last = to - wanted.length();
    for (int i = from; i <= last; i++) {
      int n = 0;
      while (n < wanted.length() && bytes[i + n] == wanted.charAt(n)) {
        n++;
      }
      if (n == wanted.length()) {
        return true;
      }
    }
    return false;
  }
}
