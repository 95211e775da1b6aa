package dev.flightlog.learning.instructions;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands between our two markers: lines of our own grammar. The markers are HTML comments on
 * lines of their own, which Claude Code takes out before the model sees the file.
 *
 * @param lines without line ends, in the order of their worth
 */
public record Block(List<String> lines) {
  static final String BEGIN = "<!-- flightlog:begin format=1: generated, edits here are lost -->";
  static final String END = "<!-- flightlog:end -->";

  /** What a marker of any format begins with. */
  static final String ANY_BEGIN = "<!-- flightlog:begin";

  static final String ANY_END = "<!-- flightlog:end";

  /** Lines a block may have, its markers not counted. */
  public static final int MOST_LINES = 30;

  /** Bytes a block may have, with its markers and Unix line ends. */
  public static final int MOST_BYTES = 4096;

  /** Nothing to say: the file loses our block. */
  public static final Block NONE = new Block(List.of());

  /**
   * @throws IllegalArgumentException if a line holds what could end the block, a line or a comment,
   *     or the block is too large
   */
  public Block {
    lines = List.copyOf(lines);
    for (String line : lines) {
      if (line.chars().anyMatch(c -> c < ' ' || c == 0x7f) || line.contains("<!--")) {
        throw new IllegalArgumentException(
            "a line of the block must have neither control characters nor '<!--'");
      }
    }
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException(
          "the block must have at most " + MOST_LINES + " lines, but has " + lines.size());
    }
    int bytes = text(lines, "\n").getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the block must have at most " + MOST_BYTES + " bytes, but has " + bytes);
    }
  }

  /** Whether so many lines are within the limits of a block. */
  public static boolean fits(List<String> lines) {
    return lines.size() <= MOST_LINES
        && text(lines, "\n").getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** From the first character of the first marker to the last of the second. */
  String text(String lineEnd) {
    return text(lines, lineEnd);
  }

  private static String text(List<String> lines, String lineEnd) {
    return BEGIN + lineEnd + lineEnd + String.join(lineEnd, lines) + lineEnd + lineEnd + END;
  }
}
