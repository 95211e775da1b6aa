package dev.flightlog.dashboard.chart;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells in rows and columns, the darker the more; each may lead somewhere. For one thread. */
public final class Heatmap {
  private static final int CELL = 15;
  private static final int GAP = 3;
  private static final int LEFT = 56;
  private static final int TOP = 18;
  private static final int SHADES = 5;

  private final String caption;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();
  private double largest;

  /**
   * One cell.
   *
   * @param meaning the whole of it in words
   * @param to where a click leads; null for nowhere
   */
  public record Cell(double value, String meaning, @Nullable Link to) {}

  private record Row(String name, List<Cell> cells) {}

  /**
   * A map without rows.
   *
   * @param columns what stands above each; may be empty
   */
  public Heatmap(String caption, List<String> columns) {
    this.caption = caption;
    this.columns = List.copyOf(columns);
  }

  public Heatmap row(String name, List<Cell> cells) {
    rows.add(new Row(name, List.copyOf(cells)));
    cells.forEach(cell -> largest = Math.max(largest, cell.value()));
    return this;
  }

  public Html html() {
    List<Html> drawn = new ArrayList<>();
    for (int x = 0; x < columns.size(); x++) {
      if (!columns.get(x).isEmpty()) {
        drawn.add(
            Element.of(Tag.SVG_TEXT, columns.get(x))
                .with(Attr.X, LEFT + x * (CELL + GAP))
                .with(Attr.Y, TOP - 6));
      }
    }
    for (int y = 0; y < rows.size(); y++) {
      Row row = rows.get(y);
      int top = TOP + y * (CELL + GAP);
      drawn.add(
          Element.of(Tag.SVG_TEXT, row.name())
              .with(Attr.X, LEFT - 8)
              .with(Attr.Y, top + CELL - 4)
              .with(Attr.TEXT_ANCHOR, "end"));
      for (int x = 0; x < row.cells().size(); x++) {
        drawn.add(cell(row.cells().get(x), LEFT + x * (CELL + GAP), top));
      }
    }
    int width = LEFT + columns.size() * (CELL + GAP);
    int height = TOP + rows.size() * (CELL + GAP);
    return Element.of(
            Tag.DIV,
            Element.of(Tag.SVG, drawn)
                .with(Attr.VIEW_BOX, "0 0 " + width + " " + height)
                .with(Attr.WIDTH, width)
                .with(Attr.HEIGHT, height)
                .with(Attr.ROLE, "group")
                .with(Attr.ARIA_LABEL, caption)
                .of("heatmap"))
        .of("scroll")
        .with(Attr.TABINDEX, 0)
        .with(Attr.ROLE, "region")
        .with(Attr.ARIA_LABEL, caption);
  }

  private Html cell(Cell cell, int x, int y) {
    Element rect =
        Element.of(Tag.RECT, Element.of(Tag.TITLE, cell.meaning()))
            .with(Attr.X, x)
            .with(Attr.Y, y)
            .with(Attr.WIDTH, CELL)
            .with(Attr.HEIGHT, CELL)
            .with(Attr.RX, 3)
            .of("heat-" + shade(cell.value()));
    return cell.to() == null || cell.value() == 0
        ? rect
        : Element.link(cell.to(), rect).with(Attr.ARIA_LABEL, cell.meaning());
  }

  /** 0 for nothing, else 1 to {@link #SHADES}; by the root, so that small values are seen. */
  private int shade(double value) {
    return value <= 0 || largest <= 0
        ? 0
        : Math.clamp((int) Math.ceil(SHADES * Math.sqrt(value / largest)), 1, SHADES);
  }
}
