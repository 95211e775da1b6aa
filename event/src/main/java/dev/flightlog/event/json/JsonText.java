package dev.flightlog.event.json;

import java.nio.charset.StandardCharsets;

/** Decodes the inside of a JSON string. Stateless. */
public final class JsonText {
  private JsonText() {}

  /** The text of a well-formed JSON string without its quotes; bad UTF-8 becomes U+FFFD. */
  public static String unescape(byte[] source, int from, int to) {
    byte[] out = new byte[to - from];
    int length = unescape(source, from, to, out, 0);
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Writes the text as UTF-8 to {@code out}, which needs room for {@code to - from} bytes, and
   * answers how many were written. A lone surrogate escape becomes U+FFFD.
   */
  public static int unescape(byte[] source, int from, int to, byte[] out, int outFrom) {
    int at = outFrom;
    for (int i = from; i < to; i++) {
      byte b = source[i];
      if (b != '\\') {
        out[at++] = b;
        continue;
      }
      b = source[++i];
      switch (b) {
        case 'n' -> out[at++] = '\n';
        case 't' -> out[at++] = '\t';
        case 'r' -> out[at++] = '\r';
        case 'b' -> out[at++] = '\b';
        case 'f' -> out[at++] = '\f';
        case 'u' -> {
          int unit = hex(source, i + 1);
          i += 4;
          if (Character.isHighSurrogate((char) unit)
              && i + 6 < to
              && source[i + 1] == '\\'
              && source[i + 2] == 'u'
              && Character.isLowSurrogate((char) hex(source, i + 3))) {
            unit = Character.toCodePoint((char) unit, (char) hex(source, i + 3));
            i += 6;
          }
          at = utf8(unit, out, at);
        }
        default -> out[at++] = b;
      }
    }
    return at - outFrom;
  }

  private static int hex(byte[] source, int from) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 4 | Character.digit(source[from + i], 16);
    }
    return value;
  }

  private static int utf8(int codePoint, byte[] out, int from) {
    int at = from;
    int c = codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint;
    if (c < 0x80) {
      out[at++] = (byte) c;
    } else if (c < 0x800) {
      out[at++] = (byte) (0xc0 | c >> 6);
      out[at++] = (byte) (0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      out[at++] = (byte) (0xe0 | c >> 12);
      out[at++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[at++] = (byte) (0x80 | c & 0x3f);
    } else {
      out[at++] = (byte) (0xf0 | c >> 18);
      out[at++] = (byte) (0x80 | c >> 12 & 0x3f);
      out[at++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[at++] = (byte) (0x80 | c & 0x3f);
    }
    return at;
  }
}
