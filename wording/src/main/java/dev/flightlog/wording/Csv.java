package dev.flightlog.wording;

import org.jspecify.annotations.Nullable;

/** Cells of CSV (RFC 4180) in which a spreadsheet finds no formula. Stateless. */
public final class Csv {
  /** What begins a formula, also in its full-width form. */
  private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private Csv() {}

  /**
   * The value as a cell, quoted where it must be; null is empty. A text that a spreadsheet could
   * take for a formula, also behind blanks, gets an apostrophe in front; a number never does.
   */
  public static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (!(value instanceof Number) && isFormula(text)) {
      text = "'" + text;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r' || (c == ' ' && i == 0)) {
        return '"' + text.replace("\"", "\"\"") + '"';
      }
    }
    return text;
  }

  private static boolean isFormula(String text) {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    boolean controlFirst = !text.isEmpty() && (text.charAt(0) == '\t' || text.charAt(0) == '\r');
    return controlFirst || (i < text.length() && FORMULA.indexOf(text.charAt(i)) >= 0);
  }
}
