package dev.flightlog.event.redaction;

/**
 * A PEM or PGP private key, with real line ends or escaped ones. A block without an end within 16
 * KiB counts to the end of the text, or of the JSON string, that holds it.
 */
final class PrivateKey implements Detector {
  private static final int MOST_HEADER = 64;
  private static final int MOST_BLOCK = 16 * 1024;
  private static final int LEAST_BODY = 16;
  private static final String MARK = "PRIVATE KEY";
  private static final String END = "-----END";

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    return bodyStart(bytes, to, end) >= 0;
  }

  /** Where the lines of the key begin; -1 if this is only talk about a key. */
  private static int bodyStart(byte[] bytes, int to, int end) {
    int mark = find(bytes, end, Math.min(to, end + MOST_HEADER), MARK);
    if (mark < 0) {
      return -1;
    }
    int close = find(bytes, mark, Math.min(to, mark + 32), "-----");
    if (close < 0) {
      return -1;
    }
    int body = close + 5;
    int i = body;
    int stop = Math.min(to, body + 40);
    while (i < stop && isLineEnd(bytes, i)) {
      i++;
    }
    int letters = 0;
    while (i + letters < to && letters < LEAST_BODY && isBody(bytes[i + letters])) {
      letters++;
    }
    boolean header = letters > 4 && i + letters < to && bytes[i + letters] == ':';
    return letters >= LEAST_BODY || header ? body : -1;
  }

  private static boolean isLineEnd(byte[] bytes, int i) {
    byte b = bytes[i];
    boolean escaped = bytes[i - 1] == '\\' && (b == 'n' || b == 'r');
    return escaped || b == '\\' || b == '\n' || b == '\r' || b == ' ';
  }

  private static boolean isBody(int b) {
    return Bytes.isAlnum(b) || b == '+' || b == '/' || b == '=' || b == '-';
  }

  private static int find(byte[] bytes, int from, int to, String text) {
    int last = to - text.length();
    for (int i = from; i <= last; i++) {
      int n = 0;
      while (n < text.length() && bytes[i + n] == text.charAt(n)) {
        n++;
      }
      if (n == text.length()) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    byte[] bytes = scan.bytes();
    int body = bodyStart(bytes, scan.to(), end);
    int stop = Math.min(scan.to(), body + MOST_BLOCK);
    int close = find(bytes, body, stop, END);
    int finish = close < 0 ? -1 : find(bytes, close + 8, Math.min(scan.to(), close + 80), "-----");
    int until = finish < 0 ? scan.to() : finish + 5;
    scan.spend((close < 0 ? stop : close) - body);
    scan.foundInSource(at, until, "private-key", true);
  }
}
