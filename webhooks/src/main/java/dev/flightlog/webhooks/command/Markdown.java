package dev.flightlog.webhooks.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a Markdown comment that its author says: without fenced and indented code, quotes,
 * and HTML comments, as CommonMark 0.31 (sections 4.4, 4.5, 4.6, 5.1) tells them apart.
 */
public final class Markdown {
  private Markdown() {}

  /** Lines without surrounding blanks. Linear in the length of the text. */
  public static List<String> said(String text) {
    List<String> said = new ArrayList<>();
    char fence = 0;
    int fenceLength = 0;
    boolean comment = false;
    boolean afterBlank = true;
    boolean inQuote = false;
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      int indent = indent(line);
      if (comment) {
        comment = !stripped.contains("-->");
        continue;
      }
      if (fence != 0) {
        boolean closes =
            indent < 4
                && run(stripped, fence) >= fenceLength
                && run(stripped, fence) == stripped.length();
        fence = closes ? 0 : fence;
        continue;
      }
      if (stripped.isEmpty()) {
        afterBlank = true;
        inQuote = false;
        continue;
      }
      if (indent >= 4 && afterBlank) {
        continue;
      }
      if (indent < 4 && opensFence(stripped)) {
        fence = stripped.charAt(0);
        fenceLength = run(stripped, fence);
        inQuote = false;
        continue;
      }
      afterBlank = false;
      if (stripped.startsWith(">")) {
        inQuote = true;
      } else if (stripped.startsWith("<!--")) {
        comment = !stripped.contains("-->");
      } else if (!inQuote || startsCommand(stripped)) {
        inQuote = false;
        said.add(stripped);
      }
    }
    return said;
  }

  /**
   * A paragraph line behind a quote would still be part of it ("lazy continuation"); people who
   * answer below a quote mean their own words.
   */
  private static boolean startsCommand(String line) {
    return line.startsWith("@") || line.startsWith("/");
  }

  private static boolean opensFence(String line) {
    char c = line.charAt(0);
    if (c != '`' && c != '~') {
      return false;
    }
    int run = run(line, c);
    return run >= 3 && (c == '~' || line.indexOf('`', run) < 0);
  }

  private static int run(String line, char c) {
    int length = 0;
    while (length < line.length() && line.charAt(length) == c) {
      length++;
    }
    return length;
  }

  private static int indent(String line) {
    int columns = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        columns += 4 - columns % 4;
      } else if (c == ' ') {
        columns++;
      } else {
        break;
      }
    }
    return columns;
  }
}
