package dev.flightlog.cli.output;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.Csv;
import dev.flightlog.wording.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  public Table(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Adds a row: text, numbers, booleans, {@link Json}, null. */
  public void add(@Nullable Object... cells) {
    rows.add(cells.clone());
  }

  public int size() {
    return rows.size();
  }

  public void print(Format format, PrintStream out) {
    switch (format) {
      case TEXT -> printText(out);
      case JSON -> printJson(out);
      case CSV -> printCsv(out);
    }
  }

  private void printText(PrintStream out) {
    int[] widths = new int[columns.size()];
    boolean[] numeric = new boolean[columns.size()];
    Arrays.fill(numeric, true);
    List<String[]> shown = new ArrayList<>();
    shown.add(columns.toArray(String[]::new));
    for (@Nullable Object[] row : rows) {
      String[] cells = new String[columns.size()];
      for (int i = 0; i < cells.length; i++) {
        Object cell = i < row.length ? row[i] : null;
        cells[i] =
            cell == null ? "" : SafeText.shortened(SafeText.sentence(cell.toString()), WIDEST_CELL);
        numeric[i] &= cell == null || cell instanceof Number;
      }
      shown.add(cells);
    }
    for (String[] cells : shown) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(cells[i]));
      }
    }
    for (String[] cells : shown) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.length; i++) {
        String padding = " ".repeat(widths[i] - width(cells[i]));
        line.append(i == 0 ? "" : "  ")
            .append(numeric[i] ? padding + cells[i] : cells[i] + padding);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
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
    csvLine(text, columns.toArray());
    rows.forEach(row -> csvLine(text, row));
    out.print(text);
    out.flush();
  }

  private static void csvLine(StringBuilder out, @Nullable Object[] cells) {
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : ",").append(Csv.cell(cells[i]));
    }
    out.append("\r\n");
  }

  /** A number of things with its noun: {@code 1 file}, {@code 2 files}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
