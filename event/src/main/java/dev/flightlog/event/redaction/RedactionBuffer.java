package dev.flightlog.event.redaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  private @Nullable Scan scan;
  private boolean scanning;
  private boolean json;

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

  void clear(boolean isJson) {
    length = 0;
    json = isJson;
    scanning = false;
  }

  /** The state of the present run, made when a text has its first plausible place. */
  Scan scan(byte[] source, int from, int to) {
    Scan current = scan;
    if (current == null) {
      current = new Scan();
      scan = current;
    }
    if (!scanning) {
      scanning = true;
      current.begin(source, from, to, json);
    }
    return current;
  }

  /** The state of the present run if there was a plausible place. */
  @Nullable Scan scanned() {
    return scanning ? scan : null;
  }

  /** Makes room for more bytes behind the present ones and returns the array. */
  byte[] reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
    return bytes;
  }

  void append(byte[] source, int from, int to) {
    int more = to - from;
    reserve(more);
    System.arraycopy(source, from, bytes, length, more);
    length += more;
  }

  void append(byte single) {
    reserve(1)[length] = single;
    length++;
  }

  void append(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      append((byte) ascii.charAt(i));
    }
  }
}
