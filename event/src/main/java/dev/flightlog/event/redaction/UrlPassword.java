package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.SecretValues;
import dev.flightlog.event.redaction.text.Window;

/** The password, or a token instead of a user, in {@code scheme://user:password@host}. */
final class UrlPassword implements Detector {
  private static final int MOST = 256;

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    int stop = Math.min(to, end + MOST);
    for (int i = end; i < stop; i++) {
      if (bytes[i] == '@') {
        return true;
      }
      if (ends(bytes[i])) {
        return false;
      }
    }
    return false;
  }

  private static boolean ends(int c) {
    return switch (c) {
      case '/', '?', '"', '\'', '`', '\\', '<', '>', '(', ')', ',' -> true;
      default -> c <= ' ';
    };
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    Window window = scan.windowAt(at);
    int start = window.indexOf(end);
    int host = -1;
    int colon = -1;
    int i = start;
    while (i - start < MOST && !ends(window.at(i))) {
      colon = colon < 0 && window.at(i) == ':' ? i : colon;
      host = window.at(i) == '@' ? i : host;
      i++;
    }
    scan.spend(i - start);
    if (host < 0) {
      return;
    }
    if (colon >= 0 && colon < host) {
      if (SecretValues.inUrl(window.text(colon + 1, host))) {
        scan.found(colon + 1, host, "url-password", false);
      }
    } else if (host - start >= 16 && SecretValues.random(window.text(start, host))) {
      scan.found(start, host, "url-token", false);
    }
  }
}
