package dev.flightlog.dashboard.chart;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers along an axis, as a table: a script draws it, and the table stays for those who have none
 * or would rather read. For one thread.
 */
public final class LineChart {
  private final String caption;
  private final String along;
  private final String unit;
  private final Look look;
  private final List<String> lines = new ArrayList<>();
  private final List<Html> points = new ArrayList<>();

  /** How it is drawn. */
  public enum Look {
    /** Areas one on top of the other. */
    STACK("stack"),
    LINES("lines"),
    BARS("bars");

    private final String word;

    Look(String word) {
      this.word = word;
    }
  }

  /**
   * A chart without a line.
   *
   * @param along what the axis counts; {@code time} for seconds since 1970
   * @param unit of all values: {@code tokens}, {@code usd}, {@code ms}, {@code count}
   */
  public LineChart(String caption, String along, String unit, Look look) {
    this.caption = caption;
    this.along = along;
    this.unit = unit;
    this.look = look;
  }

  /** One more line; before any point. */
  public LineChart line(String name) {
    lines.add(name);
    return this;
  }

  /**
   * One more point.
   *
   * @param head what stands in the table for the place, such as a link
   * @param at where on the axis
   * @param values one a line
   */
  public LineChart point(Html head, double at, double... values) {
    if (values.length != lines.size()) {
      throw new IllegalArgumentException("a value is needed for each line of " + lines);
    }
    List<Html> cells = new ArrayList<>();
    cells.add(
        Element.of(Tag.TH, Element.of(Tag.DATA, head).with(Attr.VALUE, plain(at)))
            .with(Attr.SCOPE, "row"));
    for (double value : values) {
      cells.add(
          Element.of(Tag.TD, Element.of(Tag.DATA, shown(value)).with(Attr.VALUE, plain(value)))
              .of("num"));
    }
    points.add(Element.of(Tag.TR, cells));
    return this;
  }

  private String shown(double value) {
    return switch (unit) {
      case "usd" -> Units.dollars(value);
      case "ms" -> Units.duration(value);
      default -> Units.count(Math.round(value));
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  public Html html() {
    List<Html> heads = new ArrayList<>();
    heads.add(Element.of(Tag.TH, along).with(Attr.SCOPE, "col"));
    for (String line : lines) {
      heads.add(Element.of(Tag.TH, line).with(Attr.SCOPE, "col").of("num"));
    }
    Element table =
        Element.of(
            Tag.TABLE,
            Element.of(Tag.CAPTION, caption),
            Element.of(Tag.THEAD, Element.of(Tag.TR, heads)),
            Element.of(Tag.TBODY, points));
    return Element.of(
            Tag.FIGURE,
            Element.of(Tag.FIGCAPTION, caption),
            Element.of(
                    Tag.DETAILS,
                    Element.of(Tag.SUMMARY, "Numbers"),
                    Element.of(Tag.DIV, table)
                        .of("scroll")
                        .with(Attr.TABINDEX, 0)
                        .with(Attr.ROLE, "region")
                        .with(Attr.ARIA_LABEL, caption))
                .flag(Attr.OPEN, true))
        .of("chart")
        .with(Attr.DATA_CHART, look.word)
        .with(Attr.DATA_UNIT, along + " " + unit);
  }
}
