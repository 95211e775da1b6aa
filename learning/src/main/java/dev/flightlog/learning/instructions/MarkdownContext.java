package dev.flightlog.learning.instructions;

/**
 * Whether a line of Markdown stands in a fenced code block or an HTML comment (CommonMark 0.31,
 * sections 4.5 and 4.6, condition 2), where text is not read as text. Mutable: it is told line by
 * line.
 */
final class MarkdownContext {
  private char fence;
  private int fenceLength;
  private boolean comment;

  boolean inside() {
    return comment || fenceLength > 0;
  }

  /** In plain words, for a message. */
  String where() {
    return comment ? "an HTML comment" : "a code block";
  }

  void line(String line) {
    if (comment) {
      comment = !line.contains("-->");
      return;
    }
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    if (indent > 3) {
      return;
    }
    String rest = line.substring(indent).stripTrailing();
    int run = run(rest);
    if (fenceLength > 0) {
      if (run >= fenceLength && rest.charAt(0) == fence && run == rest.length()) {
        fenceLength = 0;
      }
    } else if (run >= 3 && !(rest.charAt(0) == '`' && rest.indexOf('`', run) >= 0)) {
      fence = rest.charAt(0);
      fenceLength = run;
    } else if (rest.startsWith("<!--")) {
      comment = rest.indexOf("-->", 2) < 0;
    }
  }

  /** How many characters of a fence the line begins with. */
  private static int run(String line) {
    if (line.isEmpty() || line.charAt(0) != '`' && line.charAt(0) != '~') {
      return 0;
    }
    int end = 1;
    while (end < line.length() && line.charAt(end) == line.charAt(0)) {
      end++;
    }
    return end;
  }
}
