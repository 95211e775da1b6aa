package dev.flightlog.analysis.sharing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened. Texts are redacted, and hold no control characters but line breaks and
 * tabs; they are not escaped for any format.
 *
 * @param micros when, in microseconds since 1970
 * @param agent who did it; empty for the one that leads the session
 * @param title half a line
 * @param passages what was said or shown, in order
 */
record Entry(Kind kind, long micros, String agent, String title, List<Passage> passages) {
  /** Who acts, and how it went. */
  enum Kind {
    PERSON,
    AGENT,
    TOOL,
    FAILED,
    OTHER
  }

  /**
   * A text.
   *
   * @param label what it is, such as {@code input}; empty for what is simply said
   */
  record Passage(String label, String text) {}

  Entry {
    passages = List.copyOf(passages);
  }

  /** The text of the first passage; null without any. */
  @Nullable String firstText() {
    return passages.isEmpty() ? null : passages.getFirst().text();
  }
}
