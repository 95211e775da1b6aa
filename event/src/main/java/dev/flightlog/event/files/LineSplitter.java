package dev.flightlog.event.files;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts bytes into lines as they come, chunk by chunk. A line that is longer than the limit is
 * handed on in pieces, so that memory stays bounded whatever comes; a line that lies within one
 * chunk is handed on where it lies. Not thread-safe.
 *
 * <p>The importer has a stream of its own, which remembers positions, what stood before them, and
 * the hash of a line that is too long.
 */
public final class LineSplitter {
  private static final int FIRST = 8 * 1024;

  /** Gets what was cut. The bytes are lent for the call. */
  public interface Sink {
    /** A whole line, without its line feed; the last one may have had none. */
    void line(byte[] bytes, int from, int to) throws IOException;

    /** A piece of a line that is too long; the last one ends the line. */
    void piece(byte[] bytes, int from, int to, boolean last) throws IOException;
  }

  private final int longest;
  private final Sink sink;
  private byte[] begun = {};
  private int length;
  private boolean inPieces;

  /**
   * @param longest the most bytes of a line that is handed on as a whole; positive
   */
  public LineSplitter(int longest, Sink sink) {
    if (longest <= 0) {
      throw new IllegalArgumentException("the longest line has at least one byte: " + longest);
    }
    this.longest = longest;
    this.sink = sink;
  }

  /** Takes what came next, and hands on the lines that are complete with it. */
  public void take(byte[] bytes, int from, int to) throws IOException {
    int start = from;
    for (int feed = Lines.end(bytes, start, to); feed < to; feed = Lines.end(bytes, start, to)) {
      if (length == 0 && !inPieces && feed - start <= longest) {
        sink.line(bytes, start, feed);
      } else {
        keep(bytes, start, feed);
        handOn();
      }
      start = feed + 1;
    }
    keep(bytes, start, to);
  }

  /** Nothing more comes: what was begun is the last line. */
  public void end() throws IOException {
    if (length > 0 || inPieces) {
      handOn();
    }
  }

  private void keep(byte[] bytes, int from, int to) throws IOException {
    for (int at = from; at < to; ) {
      if (length == longest) {
        inPieces = true;
        sink.piece(begun, 0, length, false);
        length = 0;
      }
      int some = Math.min(to - at, longest - length);
      if (length + some > begun.length) {
        long room = Math.max(length + some, Math.max(FIRST, 4L * begun.length));
        begun = Arrays.copyOf(begun, (int) Math.min(longest, room));
      }
      System.arraycopy(bytes, at, begun, length, some);
      length += some;
      at += some;
    }
  }

  private void handOn() throws IOException {
    int whole = length;
    length = 0;
    if (inPieces) {
      inPieces = false;
      sink.piece(begun, 0, whole, true);
    } else {
      sink.line(begun, 0, whole);
    }
  }
}
