package dev.flightlog.formats.reading;

/** Checks UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  public static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b >= 0) {
        i++;
        continue;
      }
      int follow = b >= (byte) 0xc2 && b <= (byte) 0xdf ? 1 : (b & 0xf0) == 0xe0 ? 2 : 3;
      if (b < (byte) 0xc2 || b > (byte) 0xf4 || i + follow > to - 1) {
        return false;
      }
      int second = bytes[i + 1] & 0xff;
      int least = b == (byte) 0xe0 ? 0xa0 : b == (byte) 0xf0 ? 0x90 : 0x80;
      int most = b == (byte) 0xed ? 0x9f : b == (byte) 0xf4 ? 0x8f : 0xbf;
      if (second < least || second > most) {
        return false;
      }
      for (int k = 2; k <= follow; k++) {
        if ((bytes[i + k] & 0xc0) != 0x80) {
          return false;
        }
      }
      i += follow + 1;
    }
    return true;
  }
}
