package dev.flightlog.wording;

import org.jspecify.annotations.Nullable;

/**
 * The one dialect of CSV: RFC 4180, but rows end in a line feed, as tools that read lines expect.
 * Cells are quoted only where they must be, or where {@link Quoted} asks for it. A spreadsheet
 * finds no formula in any cell: a text that looks like one, also behind blanks, gets an apostrophe
 * in front; a number never does. A terminal finds no control character: everything without a glyph
 * is an escape as in {@link SafeText}, but for tabs and line breaks, which belong to the text.
 * Stateless.
 */
public final class Csv {
  /** What begins a formula, also in its full-width form. */
  private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private Csv() {}

  /** A text that always stands between quotes, as what people wrote does; nothing when empty. */
  public record Quoted(@Nullable String text) {}

  /** A row with its line feed; null is an empty cell. */
  public static String row(@Nullable Object... cells) {
    StringBuilder out = new StringBuilder();
    appendRow(out, cells);
    return out.toString();
  }

  /** Appends a row with its line feed; null is an empty cell. */
  public static void appendRow(StringBuilder out, @Nullable Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, cells[i]);
    }
    out.append('\n');
  }

  /** The value as a cell. */
  public static String cell(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    if (value instanceof Number) {
      out.append(value);
      return;
    }
    boolean quoted = value instanceof Quoted;
    Object content = value instanceof Quoted of ? of.text() : value;
    String text = content == null ? "" : SafeText.multiline(content.toString());
    if (text.isEmpty()) {
      return;
    }
    if (isFormula(text)) {
      text = "'" + text;
    }
    if (quoted || mustBeQuoted(text)) {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      out.append(text);
    }
  }

  private static boolean mustBeQuoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c < ' ') {
        return true;
      }
    }
    return text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ';
  }

  private static boolean isFormula(String text) {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    boolean controlFirst = text.charAt(0) < ' ';
    return controlFirst || (i < text.length() && FORMULA.indexOf(text.charAt(i)) >= 0);
  }
}
