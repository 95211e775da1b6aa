package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.KeyLines;
import dev.flightlog.event.redaction.text.KeyMark;

/**
 * A PEM, PGP, SSH2 or PuTTY private key, however its lines are printed (see {@link KeyLines}). It
 * ends with its last line: a key that was cut covers nothing behind it, and never more than the
 * JSON string it stands in. The lines of a list of strings are taken one by one.
 */
final class PrivateKey implements Detector {
  /** How far from its beginning the end of a key is looked for when its lines are strange. */
  private static final int MOST_BLOCK = 16 * 1024;

  private static final int MOST_STRINGS = 400;
  private static final String KIND = "private-key";

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    return KeyMark.bodyStart(bytes, end, to) >= 0;
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    byte[] bytes = scan.bytes();
    int limit = scan.textEnd(at);
    int body = KeyMark.bodyStart(bytes, end, limit);
    if (body < 0) {
      return;
    }
    KeyLines lines = new KeyLines();
    lines.begin(bytes, scan.from(), limit, at);
    lines.read(body);
    scan.spend(lines.end() - at);
    if (lines.complete() && lines.body() >= KeyLines.LEAST_BODY) {
      scan.foundInSource(at, lines.end(), KIND, true);
      return;
    }
    int close = close(scan, body, limit, lines);
    if (close >= 0) {
      scan.foundInSource(at, close, KIND, true);
    } else if (lines.body() >= KeyLines.LEAST_BODY) {
      scan.foundInSource(at, lines.end(), KIND, true);
    } else if (scan.isJson() && lines.reachesEnd(body)) {
      strings(scan, limit, lines);
    }
  }

  /** Where the key ends by its mark, although its lines look like none; -1 if that is not told. */
  private static int close(Scan scan, int body, int limit, KeyLines lines) {
    byte[] bytes = scan.bytes();
    int stop = Math.min(limit, body + MOST_BLOCK);
    int mark = Bytes.find(bytes, body, stop, "-----");
    scan.spend((mark < 0 ? stop : mark) - body);
    while (mark >= 0 && !Bytes.startsWith(bytes, mark, stop, KeyMark.BEGIN)) {
      if (Bytes.startsWith(bytes, mark, stop, KeyMark.END)) {
        int finish = Bytes.find(bytes, mark + 8, Math.min(limit, mark + 80), "-----");
        boolean key = Bytes.find(bytes, mark, Math.min(limit, mark + 80), "PRIVATE") >= 0;
        boolean holds = lines.body() >= KeyLines.LEAST_BODY || longRun(bytes, body, mark);
        return key && holds ? finish < 0 ? mark + 8 : finish + 5 : -1;
      }
      int next = Bytes.find(bytes, mark + 5, stop, "-----");
      scan.spend((next < 0 ? stop : next) - mark);
      mark = next;
    }
    return -1;
  }

  private static boolean longRun(byte[] bytes, int from, int to) {
    int run = 0;
    for (int i = from; i < to && run < 40; i++) {
      run = Bytes.isAlnum(bytes[i]) || bytes[i] == '+' || bytes[i] == '/' ? run + 1 : 0;
    }
    return run >= 40;
  }

  /** Takes the strings of a list, or of objects in a list, that hold one line of a key each. */
  private static void strings(Scan scan, int firstQuote, KeyLines lines) {
    byte[] bytes = scan.bytes();
    int stop = Math.min(scan.to(), firstQuote + MOST_BLOCK);
    int quote = firstQuote;
    for (int n = 0; n < MOST_STRINGS; n++) {
      int open = Bytes.stringEnd(bytes, quote + 1, stop);
      int close = Bytes.stringEnd(bytes, open + 1, stop);
      scan.spend(close - quote);
      if (close >= stop || Bytes.find(bytes, open, close, "-----") >= 0) {
        return;
      }
      boolean name = close + 1 < stop && bytes[close + 1] == ':';
      if (!name && lines.isLine(bytes, open + 1, close)) {
        scan.foundInSource(open + 1, close, KIND, true);
      }
      quote = close;
    }
  }
}
