package dev.flightlog.dashboard.chart;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import java.util.List;

/** A line as small as a word: how a number went, without axes. Stateless. */
public final class Sparkline {
  private static final double WIDTH = 100;
  private static final double HEIGHT = 20;
  private static final double EDGE = 2;

  private Sparkline() {}

  /**
   * The drawing; nothing of fewer than two values, or when all are nothing.
   *
   * @param meaning read out, and shown when the pointer rests on it
   * @param values the oldest first, from 0
   */
  public static Html of(String meaning, List<Double> values) {
    double most = values.stream().mapToDouble(value -> value).max().orElse(0);
    if (values.size() < 2 || !(most > 0)) {
      return Html.NONE;
    }
    StringBuilder path = new StringBuilder();
    double step = (WIDTH - 2 * EDGE) / (values.size() - 1);
    double x = EDGE;
    double y = 0;
    for (int i = 0; i < values.size(); i++) {
      x = EDGE + i * step;
      y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * Math.clamp(values.get(i) / most, 0, 1);
      path.append(i == 0 ? 'M' : 'L').append(tenths(x)).append(' ').append(tenths(y));
    }
    return Element.of(
            Tag.SVG,
            Element.of(Tag.TITLE, meaning),
            Element.of(Tag.PATH).with(Attr.D, path.toString()).of("spark-line"),
            Element.of(Tag.CIRCLE)
                .with(Attr.CX, x)
                .with(Attr.CY, y)
                .with(Attr.R, 1.8)
                .of("spark-end"))
        .of("spark")
        .with(Attr.VIEW_BOX, "0 0 100 20")
        .with(Attr.ROLE, "img")
        .with(Attr.ARIA_LABEL, meaning);
  }

  private static String tenths(double length) {
    long tenths = Math.round(length * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
