package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.KeyLines;
import dev.flightlog.event.redaction.text.KeyMark;

/** The last lines of a private key whose beginning was cut off, told by the mark that ends it. */
final class PrivateKeyTail implements Detector {
  private static final int MOST_BACK = 8 * 1024;

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    return KeyMark.bodyStart(bytes, end, to) >= 0 && hasBody(bytes, from, at);
  }

  /** Whether base64 stands not far before the mark; a cheap look that turns away mere talk. */
  private static boolean hasBody(byte[] bytes, int from, int at) {
    int stop = Math.max(from, at - 240);
    int run = 0;
    for (int i = at - 1; i >= stop && run < KeyLines.LEAST_TAIL; i--) {
      run = Bytes.isAlnum(bytes[i]) || bytes[i] == '+' || bytes[i] == '/' ? run + 1 : 0;
    }
    return run >= KeyLines.LEAST_TAIL;
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    byte[] bytes = scan.bytes();
    int covered = scan.findings().coveredBefore(at);
    int stop = Math.max(Math.max(scan.from(), covered), at - MOST_BACK);
    int open = scan.isJson() ? Bytes.stringStart(bytes, stop, at) : stop;
    scan.spend(at - open);
    KeyLines lines = new KeyLines();
    int start = lines.tail(bytes, open, at, scan.textEnd(at));
    if (start >= 0) {
      scan.foundInSource(start, lines.end(), "private-key", true);
    }
  }
}
