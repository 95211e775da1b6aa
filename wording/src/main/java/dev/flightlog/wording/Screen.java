package dev.flightlog.wording;

/**
 * A terminal that a person looks at.
 *
 * @param columns places in a line
 * @param rows lines
 * @param colour whether colours may be used
 */
public record Screen(int columns, int rows, boolean colour) {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String END = "\u001b[0m";

  /** Narrower or lower ones are taken for as wide and high as that. */
  public Screen {
    columns = Math.max(40, Math.min(columns, 1000));
    rows = Math.max(10, rows);
  }

  /** The same with room for any number of lines. */
  public Screen endless() {
    return new Screen(columns, Integer.MAX_VALUE / 2, colour);
  }

  /** How many lines the text takes; one that is too long takes several. */
  public int lines(String text) {
    int lines = 0;
    for (String line : text.lines().toList()) {
      lines += Math.max(1, Math.ceilDiv(TextTable.width(line), columns));
    }
    return lines;
  }

  /** For a heading. */
  public String heading(String line) {
    return colour && !line.isEmpty() ? BOLD + line + END : line;
  }

  /** For what matters less: heads of columns, ways to more. */
  public String quiet(String line) {
    return colour && !line.isEmpty() ? DIM + line + END : line;
  }

  /** For what got worse, or failed. */
  public String bad(String words) {
    return colour ? RED + words + END : words;
  }

  /** For what got better. */
  public String good(String words) {
    return colour ? GREEN + words + END : words;
  }
}
