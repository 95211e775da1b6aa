package dev.flightlog.event.redaction;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets by {@code [redacted:<kind>:<pseudonym>]}, where equal secrets keep equal
 * pseudonyms under one key. Works on encoded JSON (the line stays one valid line) and on plain
 * text; a text that was redacted once is not changed by a second run.
 *
 * <p>Immutable and thread-safe; never blocks. Time is linear in the length of the text, whatever it
 * holds.
 */
public final class Redactor {
  private static final Pattern FIRST_KINDS =
      Pattern.compile("\\b(ghp_[A-Za-z0-9]{36}|AKIA[A-Z2-7]{16}|sk-ant-[A-Za-z0-9_-]{20,200})");

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
    return replace(json, from, to, result);
  }

  /** Redacts plain UTF-8 text; returns as {@link #redact(byte[], int, int, RedactionBuffer)}. */
  public boolean redactText(byte[] text, int from, int to, RedactionBuffer result) {
    return replace(text, from, to, result);
  }

  /** Redacts plain text; returns the same instance when it is clean. */
  public String redact(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer result = new RedactionBuffer();
    return redactText(bytes, 0, bytes.length, result)
        ? new String(result.array(), 0, result.length(), StandardCharsets.UTF_8)
        : text;
  }

  private boolean replace(byte[] bytes, int from, int to, RedactionBuffer result) {
    Matcher matcher =
        FIRST_KINDS.matcher(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    int copied = from;
    result.clear();
    while (matcher.find()) {
      int start = from + matcher.start();
      int end = from + matcher.end();
      result.append(bytes, copied, start);
      byte[] open = "[redacted:token:".getBytes(StandardCharsets.US_ASCII);
      result.append(open, 0, open.length);
      byte[] hex = pseudonym.of(bytes, start, end);
      result.append(hex, 0, hex.length);
      result.append(new byte[] {']'}, 0, 1);
      copied = end;
    }
    if (copied == from) {
      return false;
    }
    result.append(bytes, copied, to);
    return true;
  }
}
