package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;

/** A signed or encrypted JSON Web Token: base64url parts of JSON, joined by dots. */
final class JsonWebToken implements Detector {
  private static final int LEAST_PART = 12;

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    if (to - at < 2 * LEAST_PART || !Bytes.startsAfresh(bytes, from, at)) {
      return false;
    }
    for (int i = end; i < at + LEAST_PART; i++) {
      if (!Bytes.isWord(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    int first = run(scan, at);
    if (first == scan.to() || scan.bytes()[first] != '.') {
      return;
    }
    int second = run(scan, first + 1);
    boolean encryptedWithoutKey = second == first + 1;
    if (second - first - 1 < LEAST_PART && !encryptedWithoutKey) {
      return;
    }
    int stop = second;
    for (int part = 0; part < 3 && stop < scan.to() && scan.bytes()[stop] == '.'; part++) {
      int next = run(scan, stop + 1);
      if (next == stop + 1) {
        break;
      }
      stop = next;
    }
    scan.foundInSource(at, stop, "jwt", true);
  }

  private static int run(Scan scan, int at) {
    int i = at;
    while (i < scan.to() && (Bytes.isWord(scan.bytes()[i]) || scan.bytes()[i] == '=')) {
      i++;
    }
    scan.spend(i - at);
    return i;
  }
}
