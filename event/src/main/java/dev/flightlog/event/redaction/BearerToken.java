package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.SecretValues;
import dev.flightlog.event.redaction.text.Window;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Credentials behind the name of their scheme, in a header or not: {@code Bearer ...}. */
final class BearerToken implements Detector {
  private static final int MOST = 1200;
  private final boolean basic;

  BearerToken(boolean basic) {
    this.basic = basic;
  }

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    if (to - end < 8 || !Bytes.startsAfresh(bytes, from, at)) {
      return false;
    }
    for (int i = end; i < end + 8; i++) {
      if (!isPart(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPart(int c) {
    return Bytes.isWord(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    Window window = scan.windowAt(at);
    int start = window.indexOf(end);
    int stop = start;
    while (stop - start < MOST && isPart(window.at(stop))) {
      stop++;
    }
    scan.spend(stop - start);
    String text = window.text(start, stop);
    if (basic ? isBasic(text) : SecretValues.random(text)) {
      scan.found(start, stop, "authorization", false);
    }
  }

  /** Base64 of {@code user:password} in printable characters. */
  private static boolean isBasic(String text) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    String pair = new String(decoded, StandardCharsets.ISO_8859_1);
    return pair.indexOf(':') >= 0 && pair.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
