package dev.flightlog.runs.summary;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in columns: how wide it is, and broken so that no line is wider than a page. What would move
 * the cursor is shown as an escape.
 */
final class Columns {
  private Columns() {}

  /** Breaks a text into lines; those after the first are indented further. */
  static List<String> wrap(String text, String indent, String further, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    int at = indent.length();
    boolean empty = true;
    for (String word : safe(text).split(" ", -1)) {
      int wide = width(word);
      if (!empty && at + 1 + wide > width) {
        lines.add(line.toString());
        line = new StringBuilder(further);
        at = further.length();
        empty = true;
      }
      if (!empty) {
        line.append(' ');
        at++;
      }
      for (int i = 0; i < word.length(); ) {
        int point = word.codePointAt(i);
        int one = width(point);
        if (at + one > width) {
          lines.add(line.toString());
          line = new StringBuilder(further);
          at = further.length();
        }
        line.appendCodePoint(point);
        at += one;
        i += Character.charCount(point);
      }
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** One line of text, in which nothing moves the cursor. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point == '\n' || point == '\t' || point == '\r') {
        safe.append(' ');
      } else if (isHarmful(point)) {
        safe.append(String.format(java.util.Locale.ROOT, "\\u%04x", point));
      } else {
        safe.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return safe.toString().strip();
  }

  private static boolean isHarmful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  /** 0 for marks on the letter before, 2 for letters of East Asia and pictures, else 1. */
  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F000 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD)
            || (point >= 0x2600 && point <= 0x27BF);
    return wide ? 2 : 1;
  }
}
