package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Window;
import java.nio.charset.StandardCharsets;

/**
 * Puts pseudonyms in the place of findings. In JSON it walks along the strings once, so that a span
 * never leaves its string, never cuts an escape and never touches a number or a name outside.
 */
final class Replacement {
  private static final byte[] OPEN = "[redacted:".getBytes(StandardCharsets.US_ASCII);

  private final Pseudonym pseudonym;
  private final byte[] source;
  private final int to;
  private final boolean json;
  private final RedactionBuffer result;
  private int copied;

  private int at;
  private boolean inString;

  Replacement(
      Pseudonym pseudonym, byte[] source, int from, int to, boolean json, RedactionBuffer result) {
    this.pseudonym = pseudonym;
    this.source = source;
    this.to = to;
    this.json = json;
    this.result = result;
    this.copied = from;
    this.at = from;
  }

  /** Whether anything was replaced. */
  boolean apply(Findings findings) {
    int start = copied;
    for (int i = 0; i < findings.size(); i++) {
      int spanStart = findings.start(i);
      int spanEnd = findings.end(i);
      if (json) {
        spanStart = walkTo(spanStart);
        spanEnd = inString ? walkInString(spanEnd) : spanStart;
      }
      if (spanEnd > spanStart) {
        replace(spanStart, spanEnd, findings.kind(i));
      }
    }
    if (copied == start) {
      return false;
    }
    result.append(source, copied, to);
    return true;
  }

  private void replace(int start, int end, String kind) {
    result.append(source, copied, start);
    int length = result.length();
    byte[] room = result.reserve(end - start);
    int secret = Window.undoEscapes(source, start, end, room, length);
    byte[] name = pseudonym.of(room, length, secret);
    result.append(OPEN, 0, OPEN.length);
    result.append(kind);
    result.append((byte) ':');
    result.append(name, 0, name.length);
    result.append((byte) ']');
    copied = end;
  }

  /** Walks at least to the position; returns where it arrived, which may be behind an escape. */
  private int walkTo(int position) {
    while (at < position) {
      byte b = source[at];
      if (b == '"') {
        inString = !inString;
        at++;
      } else {
        at += inString && b == '\\' ? escapeLength() : 1;
      }
    }
    return Math.min(at, to);
  }

  /** Walks to the position or to the end of the string, whichever comes first. */
  private int walkInString(int position) {
    while (at < position && source[at] != '"') {
      at += source[at] == '\\' ? escapeLength() : 1;
    }
    return Math.min(at, to);
  }

  private int escapeLength() {
    return at + 1 < to && source[at + 1] == 'u' ? 6 : 2;
  }
}
