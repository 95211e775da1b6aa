package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table of rows of one type. Immutable.
 *
 * @param <R> a row
 */
public final class Table<R> {
  private final String caption;
  private final List<R> rows;
  private final List<Column<R>> columns;
  private final Function<R, String> key;

  private record Column<R>(String head, String meaning, String look, Function<R, Html> cell) {}

  private Table(String caption, List<R> rows, List<Column<R>> columns, Function<R, String> key) {
    this.caption = caption;
    this.rows = rows;
    this.columns = columns;
    this.key = key;
  }

  /**
   * A table without columns.
   *
   * @param caption what it shows; read out, and not seen
   * @param key tells a row from the others, so that it stays itself when the page is renewed
   */
  public static <R> Table<R> of(String caption, List<R> rows, Function<R, String> key) {
    return new Table<>(caption, List.copyOf(rows), List.of(), key);
  }

  /** The same with a column of text. */
  public Table<R> text(String head, Function<R, Html> cell) {
    return column(head, "", "", cell);
  }

  /** The same with a column of text that takes what room is left, and is cut there. */
  public Table<R> wide(String head, Function<R, Html> cell) {
    return column(head, "", "wide", cell);
  }

  /** The same with a column of numbers. */
  public Table<R> number(String head, Function<R, Html> cell) {
    return column(head, "", "num", cell);
  }

  /** The same, with what the numbers mean. */
  public Table<R> number(String head, String meaning, Function<R, Html> cell) {
    return column(head, meaning, "num", cell);
  }

  private Table<R> column(String head, String meaning, String look, Function<R, Html> cell) {
    List<Column<R>> more = new ArrayList<>(columns);
    more.add(new Column<>(head, meaning, look, cell));
    return new Table<>(caption, rows, more, key);
  }

  /** The table in a frame of its own, in which a narrow screen scrolls it. */
  public Html html() {
    List<Html> heads = new ArrayList<>();
    for (Column<R> column : columns) {
      Element head = Element.of(Tag.TH, column.head()).with(Attr.SCOPE, "col");
      head = column.look().isEmpty() ? head : head.of(column.look());
      heads.add(column.meaning().isEmpty() ? head : head.with(Attr.TITLE, column.meaning()));
    }
    List<Html> lines = new ArrayList<>();
    for (R row : rows) {
      lines.add(line(row));
    }
    return Element.of(
            Tag.DIV,
            Element.of(
                Tag.TABLE,
                Element.of(Tag.CAPTION, caption),
                Element.of(Tag.THEAD, Element.of(Tag.TR, heads)),
                Element.of(Tag.TBODY, lines)))
        .of("scroll")
        .with(Attr.ROLE, "region")
        .with(Attr.ARIA_LABEL, caption)
        .with(Attr.TABINDEX, 0);
  }

  private Element line(R row) {
    List<Html> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column<R> column = columns.get(i);
      Element cell = Element.of(i == 0 ? Tag.TH : Tag.TD, column.cell().apply(row));
      cell = i == 0 ? cell.with(Attr.SCOPE, "row") : cell.with(Attr.DATA_LABEL, column.head());
      cells.add(column.look().isEmpty() ? cell : cell.of(column.look()));
    }
    return Element.of(Tag.TR, cells).with(Attr.DATA_KEY, key.apply(row));
  }
}
