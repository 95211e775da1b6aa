package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.SecretValues;
import dev.flightlog.event.redaction.text.Window;

/** The password in {@code curl -u user:password}. */
final class CurlUser implements Detector {
  private static final int MOST = 200;

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    int stop = Math.min(to, end + 64);
    for (int i = end; i < stop; i++) {
      if (bytes[i] == ':') {
        return true;
      }
      if (bytes[i] == ' ' || bytes[i] == '/') {
        return false;
      }
    }
    return false;
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    if (!isForCurl(scan, at)) {
      return;
    }
    Window window = scan.windowAt(at);
    int start = window.indexOf(end);
    int quote = Bytes.isQuote(window.at(start)) ? window.at(start) : ' ';
    start += quote == ' ' ? 0 : 1;
    int stop = start;
    int colon = -1;
    while (stop - start < MOST && window.at(stop) > ' ' && window.at(stop) != quote) {
      if (quote == ' ' && (window.at(stop) == '"' || window.at(stop) == '\'')) {
        break;
      }
      colon = colon < 0 && window.at(stop) == ':' ? stop : colon;
      stop++;
    }
    scan.spend(stop - start);
    if (colon > 0 && SecretValues.inUrl(window.text(colon + 1, stop))) {
      scan.found(colon + 1, stop, "password", false);
    }
  }

  private static boolean isForCurl(Scan scan, int at) {
    byte[] bytes = scan.bytes();
    int stop = Math.max(scan.from(), at - 400);
    for (int i = at - 4; i >= stop; i--) {
      if (bytes[i] == 'c' && bytes[i + 1] == 'u' && bytes[i + 2] == 'r' && bytes[i + 3] == 'l') {
        scan.spend(at - i);
        return true;
      }
    }
    scan.spend(at - stop);
    return false;
  }
}
