package dev.flightlog.event.redaction.text;

import java.util.Arrays;

/**
 * A bounded piece of the text with every escape undone, however deeply JSON is nested in JSON: a
 * run of backslashes and the character it escapes become that character. Each character remembers
 * where it starts in the source, so that what is found here can be replaced there without cutting
 * an escape in two. Bytes above 127 stay single Latin-1 characters.
 */
public final class Window implements CharSequence {
  /** How far a window reaches to the left of what it is made for. */
  public static final int BEFORE = 96;

  /** How far a window reaches to the right, in source bytes. */
  public static final int AFTER = 1536;

  /** What must at least be left of an existing window for it to be used again. */
  private static final int ENOUGH = 1024;

  private static final int SIZE = BEFORE + AFTER + 16;

  private final byte[] chars = new byte[SIZE];
  private final int[] starts = new int[SIZE + 1];
  private int length;
  private int sourceFrom;
  private int sourceTo;
  private int textEnd;
  private int steps;
  private int limit = Integer.MAX_VALUE;

  /** Forgets the text of the last run. */
  public void reset() {
    length = 0;
    sourceFrom = -1;
    sourceTo = -1;
    limit = Integer.MAX_VALUE;
  }

  /**
   * Moves the window so that it holds the source around {@code at}.
   *
   * @return how many bytes had to be decoded
   */
  public int cover(byte[] source, int from, int to, int at) {
    boolean reaches = sourceTo - at >= ENOUGH || sourceTo == to;
    if (sourceFrom >= 0 && reaches && at - sourceFrom >= Math.min(BEFORE / 2, at - from)) {
      return 0;
    }
    int start = Math.max(from, at - BEFORE);
    for (int back = 0; back < 16 && start > from && source[start - 1] == '\\'; back++) {
      start--;
    }
    sourceFrom = start;
    textEnd = to;
    decode(source, start, Math.min(to, at + AFTER), to);
    return sourceTo - start;
  }

  private void decode(byte[] source, int start, int stop, int to) {
    int n = 0;
    int i = start;
    while (i < stop) {
      starts[n] = i;
      byte b = source[i];
      if (b != '\\') {
        chars[n++] = b;
        i++;
        continue;
      }
      int run = i;
      while (run < to && run - i < 4096 && source[run] == '\\') {
        run++;
      }
      int escaped = run < to ? source[run] : 0;
      boolean evenRun = ((run - i) & 1) == 0;
      if (escaped == '"' && evenRun) {
        chars[n++] = '\\';
        i = run;
      } else if (escaped == 'u' && run + 4 < to && code(source, run + 1) >= 0) {
        int code = code(source, run + 1);
        chars[n++] = (byte) (code < 0x80 ? code : 0xff);
        i = run + 5;
      } else {
        byte undone = undo(escaped);
        chars[n++] = undone == 0 ? (byte) '\\' : undone;
        i = undone == 0 ? run : run + 1;
      }
    }
    starts[n] = i;
    length = n;
    sourceTo = i;
  }

  /**
   * Writes the source with its escapes undone, so that a secret is the same at every depth.
   *
   * @return the end of what was written
   */
  public static int undoEscapes(byte[] source, int from, int to, byte[] target, int offset) {
    int n = offset;
    int i = from;
    while (i < to) {
      byte b = source[i];
      if (b != '\\') {
        target[n++] = b;
        i++;
        continue;
      }
      int run = i;
      while (run < to && source[run] == '\\') {
        run++;
      }
      byte undone = run < to ? undo(source[run]) : 0;
      if (run + 4 < to && source[run] == 'u' && code(source, run + 1) >= 0) {
        int code = code(source, run + 1);
        target[n++] = (byte) code;
        if (code > 0xff) {
          target[n++] = (byte) (code >> 8);
        }
        i = run + 5;
      } else {
        target[n++] = undone == 0 ? (byte) '\\' : undone;
        i = undone == 0 ? run : run + 1;
      }
    }
    return n;
  }

  private static byte undo(int escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\'', '/', '`' -> (byte) escaped;
      default -> 0;
    };
  }

  private static int code(byte[] source, int at) {
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Bytes.hex(source[i]);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  /** The index of the character that holds the source position. */
  public int indexOf(int source) {
    int found = Arrays.binarySearch(starts, 0, length + 1, source);
    return found >= 0 ? found : -found - 2;
  }

  /** Where the character starts in the source; for the length of the window, where it ends. */
  public int source(int index) {
    return starts[index];
  }

  /** How many source bytes the character takes; 1 means that it is not escaped. */
  public int width(int index) {
    return starts[index + 1] - starts[index];
  }

  /** The character, or 0 outside the window. */
  public int at(int index) {
    return index >= 0 && index < length ? chars[index] & 0xff : 0;
  }

  /** Whether the window ends before the text does. */
  public boolean cut() {
    return sourceTo < textEnd;
  }

  public boolean startsWith(String expected, int index) {
    for (int i = 0; i < expected.length(); i++) {
      if (at(index + i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  public String text(int from, int to) {
    return new String(chars, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** Starts counting the characters that a pattern reads; it is stopped after {@code most}. */
  public void allow(int most) {
    steps = 0;
    limit = most;
  }

  public int steps() {
    return steps;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (++steps > limit) {
      throw TooManySteps.INSTANCE;
    }
    return (char) (chars[index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text(start, end);
  }

  @Override
  public String toString() {
    return text(0, length);
  }

  /** Thrown out of a pattern that tries too much; carries no stack because it is expected. */
  public static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final TooManySteps INSTANCE = new TooManySteps();

    private TooManySteps() {
      super("the pattern read more characters than it may", null, false, false);
    }
  }
}
