package dev.flightlog.event.redaction.text;

/**
 * Where a value stands that is assigned to a name: {@code =}, {@code :}, {@code =>}, {@code :=}.
 */
public final class Assignments {
  private static final int MOST_BETWEEN = 20;

  private Assignments() {}

  /** Whether an assignment may follow the name's end, seen in bytes whose escapes still stand. */
  public static boolean operatorFollows(byte[] bytes, int nameEnd, int to) {
    int stop = Math.min(to, nameEnd + MOST_BETWEEN);
    for (int i = nameEnd; i < stop; i++) {
      switch (bytes[i]) {
        case '=', ':', '>' -> {
          return true;
        }
        case '\\', '"', '\'', '`', ' ', '\t', ']', ')', '?' -> {
          // between a name and its assignment
        }
        case ',' -> {
          return i > nameEnd && Bytes.isQuote(bytes[i - 1]);
        }
        case 'u' -> {
          if (bytes[i - 1] != '\\' || i + 4 >= to || bytes[i + 1] != '0' || bytes[i + 2] != '0') {
            return false;
          }
          i += 4;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  /**
   * The index of the value behind a vendor's name, quotes passed over; -1 if nothing is assigned.
   */
  public static int value(Window window, int nameEnd) {
    int i = nameEnd;
    while (i - nameEnd < 5 && (Bytes.isQuote(window.at(i)) || isSpace(window.at(i)))) {
      i++;
    }
    int operator = i;
    while (i - operator < 3 && "=:>,|?".indexOf(window.at(i)) >= 0 && window.at(i) != 0) {
      i++;
    }
    if (i == operator) {
      return -1;
    }
    int open = i;
    while (i - open < 6 && (Bytes.isQuote(window.at(i)) || isSpace(window.at(i)))) {
      i++;
    }
    return i;
  }

  public static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
