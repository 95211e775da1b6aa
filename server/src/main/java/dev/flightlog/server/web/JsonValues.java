package dev.flightlog.server.web;

/**
 * How many values JSON text has, counted without making any: a body of some kilobytes may become
 * millions of objects, and its size alone does not tell. Stateless.
 */
public final class JsonValues {
  private JsonValues() {}

  /**
   * True when there are more values, keys not counted, than this. Of text that is no JSON the
   * answer is some upper bound of what a parser would have made before it failed.
   */
  public static boolean exceed(int most, byte[] utf8, int from, int to) {
    int values = 1;
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (quoted) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if ((b == ',' || b == '[' || b == '{') && ++values > most) {
        return true;
      }
    }
    return false;
  }
}
