package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.KeyLines;
import dev.flightlog.event.redaction.text.KeyMark;
import java.util.Arrays;

/**
 * Recognises a private key in a text that comes line by line, of which each alone looks like
 * nothing in particular. The key ends with the first line that is none of it, so a key that was cut
 * hides nothing behind it.
 *
 * <p>For one thread; never blocks.
 */
public final class KeyBlock {
  /** A key without an end is taken to be at most so many lines long. */
  private static final int MOST_LINES = 400;

  private static final int MOST_PREFIX = 160;

  private final KeyLines key = new KeyLines();
  private int lines;

  /** Makes one for a stream of lines. */
  public KeyBlock() {}

  /** What to do with a line. */
  public enum Part {
    /** Not of a key. */
    NONE,
    /** The first line: a mark stands for the whole key. */
    FIRST,
    /** To be left out. */
    INNER
  }

  /** What the next line is, which stands between the two positions without its line end. */
  public Part of(byte[] bytes, int from, int to) {
    int at = Bytes.find(bytes, from, to, KeyMark.BEGIN);
    if (at >= 0 && begins(bytes, from, to, at)) {
      lines = 1;
      return Part.FIRST;
    }
    if (lines == 0) {
      return Part.NONE;
    }
    boolean inner = lines < MOST_LINES && key.readLine(bytes, from, to);
    lines = inner && !key.complete() ? lines + 1 : 0;
    return inner ? Part.INNER : Part.NONE;
  }

  /** Whether the key begins here and goes on behind the end of the line. */
  private boolean begins(byte[] bytes, int from, int to, int at) {
    int body = KeyMark.bodyStart(bytes, at + KeyMark.BEGIN.length(), to);
    if (body < 0) {
      return false;
    }
    key.begin(bytes, from, to, at);
    key.read(body);
    if (key.complete() || !key.reachesEnd(key.end())) {
      return false;
    }
    byte[] prefix = Arrays.copyOfRange(bytes, Math.max(from, at - MOST_PREFIX), at);
    key.begin(prefix, 0, prefix.length, prefix.length);
    return true;
  }
}
