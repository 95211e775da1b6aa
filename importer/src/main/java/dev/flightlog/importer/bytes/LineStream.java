package dev.flightlog.importer.bytes;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Splits a stream into lines without holding more than one of them. A line longer than {@link
 * #LONGEST} is passed by in pieces: of it there are only head, length and hash.
 *
 * <pre>
 *   buffer  [ behind | line being told | read, not yet told |      ]
 *                    from              to/next              filled
 * </pre>
 *
 * <p>A little of what lies behind is kept, so that the position after any line can be recognised
 * again. Not thread-safe.
 */
public final class LineStream {
  /** The longest line that is taken as a whole, in bytes. */
  public static final int LONGEST = 8 << 20;

  /** How much of a line that is too long is kept. */
  public static final int HEAD = 64 << 10;

  /** How many bytes before a position serve to recognise it. */
  public static final int TAIL = 1024;

  private static final int CHUNK = 256 << 10;

  private final InputStream in;
  private byte[] buffer = new byte[CHUNK + TAIL];
  private long bufferOffset;
  private int from;
  private int to;
  private int next;
  private int filled;
  private boolean terminated;
  private boolean ended;
  private boolean tooLong;
  private ReadResult ending = ReadResult.WHOLE;
  private long lineOffset;
  private long longLength;
  private byte[] longHash = new byte[0];
  private byte[] beforeLong = new byte[0];

  /**
   * @param position how many bytes the stream has already given
   * @param before the last of these bytes, at most {@link #TAIL}
   */
  public LineStream(InputStream in, long position, byte[] before) {
    this.in = in;
    System.arraycopy(before, 0, buffer, 0, before.length);
    filled = before.length;
    next = filled;
    from = filled;
    to = filled;
    bufferOffset = position - before.length;
    lineOffset = position;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the stream
   */
  public boolean next() throws IOException {
    from = next;
    lineOffset = bufferOffset + from;
    tooLong = false;
    int scanned = from;
    for (; ; ) {
      int feed = Lines.end(buffer, scanned, filled);
      if (feed < filled && feed - from <= LONGEST) {
        to = feed;
        next = feed + 1;
        terminated = true;
        return true;
      }
      scanned = filled;
      if (filled - from > LONGEST) {
        passLongLine();
        return true;
      }
      int moved = from;
      if (!fill()) {
        to = filled;
        next = filled;
        terminated = false;
        return to > from;
      }
      scanned -= moved - from;
    }
  }

  /** The buffer in which the line lies. */
  public byte[] bytes() {
    return buffer;
  }

  public int from() {
    return from;
  }

  /** Where the line ends, without its line feed. */
  public int to() {
    return to;
  }

  /** Where the line begins in the stream. */
  public long offset() {
    return lineOffset;
  }

  /** Where the next line begins in the stream. */
  public long end() {
    return bufferOffset + next;
  }

  /** How far the stream could be read, once there is no next line. */
  public ReadResult ending() {
    return ending;
  }

  /** False for a last line without a line feed. */
  public boolean terminated() {
    return terminated;
  }

  /** True when the line was too long; then bytes are its head only. */
  public boolean tooLong() {
    return tooLong;
  }

  /** The length of a line that was too long, and the SHA-256 of all its bytes. */
  public long longLength() {
    return longLength;
  }

  public byte[] longHash() {
    return longHash;
  }

  /** The last bytes before the next line or, not {@code behindLine}, before this one. */
  public byte[] tail(boolean behindLine) {
    if (tooLong && !behindLine) {
      return beforeLong;
    }
    return tailAt(behindLine ? next : from);
  }

  /** The last bytes before this place in {@link #bytes()}. */
  public byte[] tailAt(int end) {
    return Arrays.copyOfRange(buffer, Math.max(0, end - TAIL), end);
  }

  private void passLongLine() throws IOException {
    MessageDigest digest = Sha256.digest();
    beforeLong = tailAt(from);
    byte[] head = Arrays.copyOfRange(buffer, from, from + HEAD);
    long length = 0;
    for (; ; ) {
      int feed = Lines.end(buffer, from, filled);
      digest.update(buffer, from, feed - from);
      length += feed - from;
      if (feed < filled) {
        next = feed + 1;
        terminated = true;
        break;
      }
      from = filled;
      if (!fill()) {
        next = filled;
        terminated = false;
        break;
      }
    }
    // The head takes the place of the line; what lies behind the line stays where it is.
    int keptFrom = Math.max(0, next - TAIL);
    byte[] kept = Arrays.copyOfRange(buffer, keptFrom, filled);
    long nextOffset = bufferOffset + next;
    int room = HEAD + kept.length;
    if (buffer.length < room + CHUNK) {
      buffer = new byte[room + CHUNK];
    }
    System.arraycopy(head, 0, buffer, 0, HEAD);
    System.arraycopy(kept, 0, buffer, HEAD, kept.length);
    from = 0;
    to = HEAD;
    next = HEAD + (next - keptFrom);
    filled = room;
    bufferOffset = nextOffset - next;
    tooLong = true;
    longLength = length;
    longHash = digest.digest();
  }

  /** Reads more behind what there is, moving or growing when there is no room. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (buffer.length - filled < CHUNK / 2) {
      int keep = Math.max(0, from - TAIL);
      int used = filled - keep;
      byte[] target = buffer;
      if (used + CHUNK > buffer.length) {
        target = new byte[Math.max(used + CHUNK, Math.min(buffer.length * 2, LONGEST + 2 * CHUNK))];
      } else if (used <= CHUNK && buffer.length > 4 * CHUNK) {
        target = new byte[2 * CHUNK + TAIL];
      }
      System.arraycopy(buffer, keep, target, 0, used);
      buffer = target;
      bufferOffset += keep;
      from -= keep;
      filled = used;
    }
    int read;
    try {
      read = in.read(buffer, filled, buffer.length - filled);
    } catch (EOFException | ZipException damaged) {
      ending =
          new ReadResult.Unread(
              "the compressed data are damaged or cut off (" + damaged.getMessage() + ")");
      read = -1;
    }
    if (read <= 0) {
      ended = true;
      return false;
    }
    filled += read;
    return true;
  }
}
