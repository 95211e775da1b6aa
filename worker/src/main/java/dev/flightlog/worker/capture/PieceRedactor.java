package dev.flightlog.worker.capture;

import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import java.util.Arrays;

/**
 * Redacts one line that comes in pieces, so that a secret on the border of two pieces is found.
 *
 * <p>The end of what has come is held back, longer than any secret: {@value #HELD} bytes. When a
 * secret reaches into that end, only what stands behind it is held. When nothing separates it from
 * the last byte, nobody can say whether it goes on: then the bytes that may belong to it are
 * dropped, from this piece and the next. For one thread.
 */
final class PieceRedactor {
  /** More than a private key may have, which is the longest secret that is looked for. */
  static final int HELD = 20 * 1024;

  /** Gets redacted bytes, lent for the call. */
  interface Sink {
    void text(byte[] bytes, int from, int to);
  }

  private static final int LONGEST_REST = 256;
  private static final String SEPARATORS = "\"'`,;&|<>()[]{}";

  private final Redactor redactor;
  private final RedactionBuffer result = new RedactionBuffer();
  private byte[] held = new byte[0];
  private boolean cutInSecret;

  PieceRedactor(Redactor redactor) {
    this.redactor = redactor;
  }

  void piece(byte[] bytes, int from, int to, boolean last, Sink sink) {
    int start = cutInSecret ? afterSecret(bytes, from, to) : from;
    byte[] all = Arrays.copyOf(held, held.length + to - start);
    System.arraycopy(bytes, start, all, held.length, to - start);
    boolean changed = redactor.redactText(all, 0, all.length, result);
    byte[] clean = changed ? result.array() : all;
    int length = changed ? result.length() : all.length;
    int keep = last ? 0 : Math.min(HELD, all.length);
    if (changed && !last) {
      int behind = commonEnd(all, all.length, clean, length);
      keep = Math.min(keep, behind);
      cutInSecret = mayBelongToSecret(all, all.length - behind);
      if (cutInSecret) {
        length -= behind;
        keep = 0;
      }
    }
    keep = wholeCharacters(clean, length, keep);
    sink.text(clean, 0, length - keep);
    held = Arrays.copyOfRange(all, all.length - keep, all.length);
    if (last) {
      cutInSecret = false;
    }
  }

  /**
   * So many of the last bytes are held that no character is cut; what is no UTF-8 is cut anyhow.
   */
  private static int wholeCharacters(byte[] text, int length, int keep) {
    int held = keep;
    while (held > 0 && keep - held < 3 && (text[length - held] & 0xc0) == 0x80) {
      held--;
    }
    return held;
  }

  /** True for the few bytes behind a secret that may turn out to be more of it. */
  private static boolean mayBelongToSecret(byte[] bytes, int from) {
    int i = Math.max(from, bytes.length - LONGEST_REST);
    while (i < bytes.length && isTokenByte(bytes[i])) {
      i++;
    }
    return bytes.length - from <= LONGEST_REST && i == bytes.length;
  }

  private int afterSecret(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isTokenByte(bytes[i])) {
      i++;
    }
    cutInSecret = i == to;
    return i;
  }

  /** What a secret may go on with; passwords have more than letters and digits. */
  private static boolean isTokenByte(byte b) {
    return b > ' ' && b < 0x7f && SEPARATORS.indexOf(b) < 0;
  }

  private static int commonEnd(byte[] a, int aEnd, byte[] b, int bEnd) {
    int most = Math.min(aEnd, bEnd);
    int n = 0;
    while (n < most && a[aEnd - 1 - n] == b[bEnd - 1 - n]) {
      n++;
    }
    return n;
  }
}
