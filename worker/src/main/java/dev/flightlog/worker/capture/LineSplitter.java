package dev.flightlog.worker.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines as they come. A line that is longer than the limit is handed on
 * in pieces, so that memory stays bounded whatever comes. For one thread, which blocks in {@link
 * #run} until the stream ends.
 */
final class LineSplitter {
  private static final int FIRST_BUFFER = 256 * 1024;

  /** Gets what was cut. The bytes are lent for the call. */
  interface Sink {
    /** A whole line, without its line feed. */
    void line(byte[] bytes, int from, int to);

    /** A piece of a line that is too long; the last one ends the line. */
    void piece(byte[] bytes, int from, int to, boolean last);

    /** Nothing more can be read at the moment. */
    void pause();
  }

  private final InputStream in;
  private final Sink sink;
  private final int longest;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private boolean inPieces;

  LineSplitter(InputStream in, int longest, Sink sink) {
    this.in = in;
    this.longest = longest;
    this.sink = sink;
  }

  void run() throws IOException {
    int read;
    while ((read = in.read(buffer, filled, buffer.length - filled)) >= 0) {
      int from = filled;
      filled += read;
      cut(from);
      if (in.available() == 0) {
        sink.pause();
      }
    }
    if (filled > 0 || inPieces) {
      end(0, filled);
    }
    sink.pause();
  }

  /** Hands on the lines that are complete, looking at what is new. */
  private void cut(int unseen) {
    int start = 0;
    for (int i = unseen; i < filled; i++) {
      if (buffer[i] == '\n') {
        end(start, i);
        start = i + 1;
      }
    }
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    if (filled == buffer.length) {
      if (buffer.length < longest) {
        buffer = Arrays.copyOf(buffer, Math.min(longest, buffer.length * 4));
      } else {
        inPieces = true;
        sink.piece(buffer, 0, filled, false);
        filled = 0;
      }
    }
  }

  private void end(int from, int to) {
    if (inPieces) {
      inPieces = false;
      sink.piece(buffer, from, to, true);
    } else {
      sink.line(buffer, from, to);
    }
  }
}
