package dev.flightlog.event.redaction.text;

/**
 * Reads a text character by character with every escape undone, wherever it stands: JSON in JSON,
 * percent codes (also encoded twice) and terminal colours. Never allocates while it reads. For one
 * thread.
 */
public final class EscapedText {
  /** Behind the end of the text. */
  public static final int NONE = -1;

  /** Any character that is not ASCII. */
  public static final int OTHER = 0xff;

  private byte[] bytes = {};
  private int to;
  private int at;
  private int next;
  private int current;

  /** Begins to read at a position; the text ends at {@code end}. */
  public void begin(byte[] source, int from, int end) {
    bytes = source;
    to = end;
    moveTo(from);
  }

  /** Goes to a position, which is the start of a character. */
  public void moveTo(int position) {
    at = position;
    read();
  }

  /** Where the present character starts in the source. */
  public int at() {
    return at;
  }

  /** The present character, {@link #OTHER} or {@link #NONE}. */
  public int current() {
    return current;
  }

  /** Goes to the next character and answers the one that was left. */
  public int advance() {
    int left = current;
    at = next;
    read();
    return left;
  }

  private void read() {
    while (at < to && skipsColour()) {
      at = next;
    }
    if (at >= to) {
      current = NONE;
      next = at;
      return;
    }
    int b = bytes[at];
    if (b == '\\') {
      readEscape();
    } else if (b == '%') {
      readPercent();
    } else {
      current = b < 0 ? OTHER : b;
      next = at + 1;
    }
  }

  private void readEscape() {
    int run = at;
    while (run < to && run - at < 4096 && bytes[run] == '\\') {
      run++;
    }
    int escaped = run < to ? bytes[run] : 0;
    next = run + 1;
    switch (escaped) {
      case 'n' -> current = '\n';
      case 'r' -> current = '\r';
      case 't' -> current = '\t';
      case '"', '\'', '/', '`' -> current = escaped;
      case 'u' -> {
        int code = hex(run + 1, 4);
        current = code < 0 ? '\\' : code < 0x80 ? code : OTHER;
        next = code < 0 ? run : run + 5;
      }
      default -> {
        current = '\\';
        next = run;
      }
    }
    if (escaped == '"' && ((run - at) & 1) == 0) {
      // The backslashes escape each other, and the quote is one of the JSON around.
      current = '\\';
      next = run;
    }
  }

  private void readPercent() {
    int digits = at + 1;
    while (hex(digits, 2) == '%') {
      digits += 2;
    }
    int code = hex(digits, 2);
    current = code < 0 ? '%' : code < 0x80 ? code : OTHER;
    next = code < 0 ? at + 1 : digits + 2;
  }

  private int hex(int from, int digits) {
    if (from + digits > to) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Bytes.hex(bytes[i]);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  /** Whether a terminal's escape sequence starts here; then its end is what comes next. */
  private boolean skipsColour() {
    int open = colourOpens(at);
    if (open < 0) {
      return false;
    }
    int i = open;
    while (i < to && i - open < 16 && (Bytes.isDigit(bytes[i]) || bytes[i] == ';')) {
      i++;
    }
    if (i >= to || !(Bytes.isUpper(bytes[i]) || Bytes.isLower(bytes[i]))) {
      return false;
    }
    next = i + 1;
    return true;
  }

  private int colourOpens(int from) {
    if (bytes[from] == 0x1b) {
      return from + 1 < to && bytes[from + 1] == '[' ? from + 2 : -1;
    }
    if (bytes[from] != '\\') {
      return -1;
    }
    int run = from;
    while (run < to && bytes[run] == '\\') {
      run++;
    }
    boolean escape = run + 5 < to && bytes[run] == 'u' && hex(run + 1, 4) == 0x1b;
    return escape && bytes[run + 5] == '[' ? run + 6 : -1;
  }
}
