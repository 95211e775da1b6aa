package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.EventHead;
import java.nio.charset.StandardCharsets;

/**
 * Replaces secrets by {@code [redacted:<kind>:<pseudonym>]}, where equal secrets keep equal
 * pseudonyms under one key. Works on encoded JSON (the line stays one valid line) and on plain
 * text; a text that was redacted once is not changed by a second run.
 *
 * <p>Immutable and thread-safe; never blocks. Time is linear in the length of the text, whatever it
 * holds.
 */
public final class Redactor {
  private final Pseudonym pseudonym;

  private Redactor(RedactionKey key) {
    this.pseudonym = new Pseudonym(key);
  }

  /** A redactor with all rules, whose pseudonyms come from the key. */
  public static Redactor create(RedactionKey key) {
    return new Redactor(key);
  }

  /**
   * Redacts encoded JSON: a line, or any complete JSON value. A clean text costs no copy and no
   * garbage.
   *
   * @return false if the text is clean, the usual case: use the given bytes; true if the redacted
   *     text stands in {@code result}
   */
  public boolean redact(byte[] json, int from, int to, RedactionBuffer result) {
    return run(json, from, to, true, result);
  }

  /** Redacts plain UTF-8 text; returns as {@link #redact(byte[], int, int, RedactionBuffer)}. */
  public boolean redactText(byte[] text, int from, int to, RedactionBuffer result) {
    return run(text, from, to, false, result);
  }

  /** Redacts plain text; returns the same instance when it is clean. */
  public String redact(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer result = new RedactionBuffer();
    return redactText(bytes, 0, bytes.length, result)
        ? new String(result.array(), 0, result.length(), StandardCharsets.UTF_8)
        : text;
  }

  private boolean run(byte[] source, int from, int to, boolean json, RedactionBuffer result) {
    result.clear(json);
    int start = json ? EventHead.end(source, from, to) : from;
    RuleBook.anchors().scan(source, from, to, start, result);
    Scan scan = result.scanned();
    if (scan == null || scan.findings().size() == 0) {
      return false;
    }
    return new Replacement(pseudonym, source, from, to, json, result).apply(scan.findings());
  }
}
