package dev.flightlog.wording;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells as aligned lines. Cells of a column begin or end at one place; a wide character
 * takes two places. Between columns stand at least two spaces, behind the last nothing.
 */
public final class TextTable {
  /** Columns are cut to so many places first, and from the right to the second where need be. */
  private static final int NARROW = 16;

  private static final int NARROWEST = 8;

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

  /**
   * The same in lines of at most so many places: the widest of the columns that begin at one place
   * are cut in the middle until all fit, down to sixteen places; then, from the right, to eight.
   */
  public static void append(StringBuilder out, List<String[]> rows, boolean[] right, int places) {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    int total = 0;
    for (int width : widths) {
      total += width + (width == 0 ? 0 : 2);
    }
    int over = total - 2 - places;
    over = narrow(widths, right, over, NARROW, 0);
    for (int i = widths.length - 1; i >= 0 && over > 0; i--) {
      over = narrow(widths, right, over, NARROWEST, i);
    }
    List<String[]> fitted = new ArrayList<>();
    for (String[] row : rows) {
      String[] cells = row.clone();
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cut(cells[i], widths[i]);
      }
      fitted.add(cells);
    }
    append(out, fitted, right);
  }

  /** Takes places from the widest of the columns from this one on, though not below the least. */
  private static int narrow(int[] widths, boolean[] right, int over, int least, int first) {
    int left = over;
    while (left > 0) {
      int widest = -1;
      for (int i = first; i < widths.length; i++) {
        if (!right[i] && widths[i] > least && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return left;
      }
      widths[widest]--;
      left--;
    }
    return 0;
  }

  /** The text in at most so many places, cut in the middle. */
  public static String cut(String text, int places) {
    if (width(text) <= places) {
      return text;
    }
    int tail = (places - 1) / 3;
    StringBuilder head = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int wide = width(Character.toString(c));
      if (used + wide > places - 1 - tail) {
        break;
      }
      head.appendCodePoint(c);
      used += wide;
      i += Character.charCount(c);
    }
    int from = text.length();
    used = 0;
    while (from > 0) {
      int c = text.codePointBefore(from);
      int wide = width(Character.toString(c));
      if (used + wide > tail) {
        break;
      }
      used += wide;
      from -= Character.charCount(c);
    }
    return head.append('…').append(text, from, text.length()).toString();
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
