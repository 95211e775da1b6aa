package dev.flightlog.event.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A short text to look for, and the detectors that want to know where it stands. */
final class Anchor {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What may follow an anchor of three characters, unless it says so itself. */
  private static final String AFTER_SHORT = "abcdefghijklmnopqrstuvwxyz0123456789_-:%$=";

  private final byte[] text;
  private final boolean exact;
  private final String after;
  private final long head;
  private final long mask;
  private final long fold;
  private Detector[] detectors;

  /**
   * @param given at least three ASCII characters; a leading {@code =} keeps their case; behind a
   *     caret stand the characters of which one follows
   */
  Anchor(String given, Detector detector) {
    int caret = given.indexOf('^');
    String spelled = caret < 0 ? given : given.substring(0, caret);
    after = caret < 0 ? AFTER_SHORT : given.substring(caret + 1);
    exact = spelled.length() > 3 && spelled.charAt(0) == '=';
    String plain = exact ? spelled.substring(1) : spelled.toLowerCase(Locale.ROOT);
    text = plain.getBytes(StandardCharsets.US_ASCII);
    if (text.length < 3) {
      throw new IllegalArgumentException("an anchor needs three characters: " + spelled);
    }
    if (!exact) {
      for (int i = 0; i < text.length; i++) {
        text[i] |= 0x20;
      }
    }
    detectors = new Detector[] {detector};
    fold = exact ? 0 : 0x2020202020202020L;
    mask = text.length >= 8 ? -1L : (1L << 8 * text.length) - 1;
    long first = 0;
    for (int i = Math.min(8, text.length) - 1; i >= 0; i--) {
      first = first << 8 | text[i];
    }
    head = first;
  }

  /** Takes over the detectors of another one of the same text. */
  void join(Anchor other) {
    int known = detectors.length;
    detectors = Arrays.copyOf(detectors, known + other.detectors.length);
    System.arraycopy(other.detectors, 0, detectors, known, other.detectors.length);
  }

  /** Equal for anchors that are found in the same places. */
  String spelling() {
    return (exact ? "=" : "~") + new String(text, StandardCharsets.US_ASCII);
  }

  /** The text; in lower case unless its case counts. */
  byte[] text() {
    return text;
  }

  int length() {
    return text.length;
  }

  /** Whether the case of the text counts. */
  boolean exact() {
    return exact;
  }

  /** The characters of which one follows a text of three. */
  String after() {
    return after;
  }

  /** Lets the detectors inspect the place, if the text stands there and the place is plausible. */
  void examine(byte[] bytes, int from, int to, int at, RedactionBuffer buffer) {
    int end = at + text.length;
    if (at < from || end > to || !isAt(bytes, at)) {
      return;
    }
    for (Detector detector : detectors) {
      if (detector.plausible(bytes, from, to, at, end)) {
        buffer.scan(bytes, from, to).inspect(detector, at, end);
      }
    }
  }

  private boolean isAt(byte[] bytes, int at) {
    int i = 0;
    if (bytes.length - at >= 8) {
      if ((((long) LONG.get(bytes, at) | fold) & mask) != head) {
        return false;
      }
      i = 8;
    }
    for (; i < text.length; i++) {
      int b = bytes[at + i];
      if (exact ? b != text[i] : (b | 0x20) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
