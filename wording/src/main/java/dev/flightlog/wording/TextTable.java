package dev.flightlog.wording;

import java.util.List;

/**
 * Rows of cells as aligned lines. Cells of a column begin or end at one place; a wide character
 * takes two places. Between columns stand at least two spaces, behind the last nothing.
 */
public final class TextTable {
  private TextTable() {}

  /**
   * Appends the lines, each with its line feed.
   *
   * @param right which columns end at one place, as numbers should
   */
  public static void append(StringBuilder out, List<String[]> rows, boolean[] right) {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    for (String[] row : rows) {
      int begin = out.length();
      for (int i = 0; i < row.length; i++) {
        int padding = widths[i] - width(row[i]);
        out.repeat(' ', right[i] ? padding : 0).append(row[i]);
        out.repeat(' ', (right[i] ? 0 : padding) + (widths[i] == 0 ? 0 : 2));
      }
      int end = out.length();
      while (end > begin && out.charAt(end - 1) == ' ') {
        end--;
      }
      out.setLength(end);
      out.append('\n');
    }
  }

  /** How many places a terminal takes for the text. */
  public static int width(String text) {
    int places = 0;
    int step;
    for (int i = 0; i < text.length(); i += step) {
      int c = text.codePointAt(i);
      step = Character.charCount(c);
      if (c < 0x300) {
        places++;
      } else if (isWide(c)) {
        places += 2;
      } else {
        int type = Character.getType(c);
        places += type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK ? 0 : 1;
      }
    }
    return places;
  }

  /** The blocks of Unicode Standard Annex 11 that are wide: CJK, Hangul, full-width, emoji. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115f)
        || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f)
        || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6)
        || (c >= 0x1f300 && c <= 0x1faff)
        || (c >= 0x20000 && c <= 0x3fffd);
  }
}
