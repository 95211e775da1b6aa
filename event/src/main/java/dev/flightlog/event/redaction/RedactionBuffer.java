package dev.flightlog.event.redaction;

import java.util.Arrays;

/**
 * The working memory of one caller of {@link Redactor#redact(byte[], int, int, RedactionBuffer)},
 * and the place of its result. Reuse one for many calls; it grows to the longest redacted text and
 * costs nothing while texts are clean.
 *
 * <p>Not thread-safe: keep one a thread.
 */
public final class RedactionBuffer {
  private byte[] bytes = new byte[0];
  private int length;

  /** Makes an empty buffer. */
  public RedactionBuffer() {}

  /** The array that holds the last redacted text in its first {@link #length()} bytes. */
  public byte[] array() {
    return bytes;
  }

  /** Length in bytes of the last redacted text. */
  public int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void append(byte[] source, int from, int to) {
    int more = to - from;
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
    System.arraycopy(source, from, bytes, length, more);
    length += more;
  }
}
