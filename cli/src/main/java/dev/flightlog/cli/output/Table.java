package dev.flightlog.cli.output;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.Csv;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Screen;
import dev.flightlog.wording.TextTable;
import dev.flightlog.wording.Units;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with named columns, printed in any {@link Format}. Collects, then prints; for one thread.
 */
public final class Table {
  /** Raw JSON as a cell: printed as it is in JSON. */
  public record Json(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static final int WIDEST_CELL = 80;

  private final List<String> columns;
  private final int widestCell;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  /** Cells wider than 80 are shortened in the middle, as text. */
  public Table(List<String> columns) {
    this(columns, WIDEST_CELL);
  }

  /**
   * @param widestCell wider ones are shortened in the middle, as text
   */
  public Table(List<String> columns, int widestCell) {
    this.columns = List.copyOf(columns);
    this.widestCell = widestCell;
  }

  /** Adds a row: text, numbers, booleans, {@link Json}, null. */
  public void add(@Nullable Object... cells) {
    rows.add(cells.clone());
  }

  public int size() {
    return rows.size();
  }

  public void print(Format format, PrintStream out) {
    print(format, out, null);
  }

  /**
   * @param screen to whose width text is cut; null for none
   */
  public void print(Format format, PrintStream out, @Nullable Screen screen) {
    switch (format) {
      case TEXT -> printText(out, screen);
      case JSON -> printJson(out);
      case CSV -> printCsv(out);
    }
  }

  private void printText(PrintStream out, @Nullable Screen screen) {
    boolean[] numeric = new boolean[columns.size()];
    Arrays.fill(numeric, true);
    List<String[]> shown = new ArrayList<>();
    shown.add(columns.toArray(String[]::new));
    for (@Nullable Object[] row : rows) {
      String[] cells = new String[columns.size()];
      for (int i = 0; i < cells.length; i++) {
        Object cell = i < row.length ? row[i] : null;
        cells[i] =
            cell == null ? "" : SafeText.shortened(SafeText.sentence(cell.toString()), widestCell);
        numeric[i] &= cell == null || cell instanceof Number;
      }
      shown.add(cells);
    }
    StringBuilder text = new StringBuilder();
    if (screen == null) {
      TextTable.append(text, shown, numeric);
      out.print(text);
      return;
    }
    TextTable.append(text, shown, numeric, screen.columns());
    int heads = text.indexOf("\n");
    out.print(screen.quiet(text.substring(0, heads)) + text.substring(heads));
  }

  private void printJson(PrintStream out) {
    JsonWriter json = new JsonWriter();
    json.beginArray();
    for (@Nullable Object[] row : rows) {
      json.beginObject();
      for (int i = 0; i < columns.size(); i++) {
        json.key(columns.get(i));
        if (i < row.length && row[i] instanceof Json raw) {
          json.raw(raw.text());
        } else {
          json.value(i < row.length ? row[i] : null);
        }
      }
      json.endObject();
    }
    json.endArray().append('\n');
    out.write(json.bytes(), 0, json.length());
    out.flush();
  }

  private void printCsv(PrintStream out) {
    StringBuilder text = new StringBuilder();
    Csv.appendRow(text, columns.toArray());
    rows.forEach(row -> Csv.appendRow(text, row));
    out.print(text);
    out.flush();
  }

  /** A number of things with its noun: {@code 1 file}, {@code 2 files}. */
  public static String count(long number, String noun) {
    return Units.count(number, noun);
  }
}
