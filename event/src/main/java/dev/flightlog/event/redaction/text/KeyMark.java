package dev.flightlog.event.redaction.text;

/** The lines that begin and end a private key. */
public final class KeyMark {
  public static final String BEGIN = "-----BEGIN";
  public static final String END = "-----END";
  private static final int MOST_LABEL = 64;

  private KeyMark() {}

  /**
   * Where the lines of the key begin; PuTTY tells their number before them.
   *
   * @param end behind the word that begins the mark
   * @return -1 if this is no mark of a private key
   */
  public static int bodyStart(byte[] bytes, int end, int to) {
    int most = Math.min(to, end + MOST_LABEL);
    if (bytes[end - 1] == ':') {
      int body = end;
      while (body < most && (bytes[body] == ' ' || Bytes.isDigit(bytes[body]))) {
        body++;
      }
      return body;
    }
    int mark = Bytes.find(bytes, end, most, "PRIVATE");
    int key = mark < 0 ? -1 : Bytes.find(bytes, mark + 7, Math.min(to, mark + 20), "KEY");
    int close = key < 0 ? -1 : Bytes.find(bytes, key, Math.min(to, key + 32), "----");
    if (close < 0) {
      return -1;
    }
    int body = close + 4;
    return body < to && bytes[body] == '-' ? body + 1 : body;
  }
}
