package dev.flightlog.dashboard.chart;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;

/** Small drawings that stand beside a number. Stateless. */
public final class Bar {
  private static final double WIDTH = 100;
  private static final double HEIGHT = 8;

  private Bar() {}

  /**
   * Shares of a whole, one behind the other.
   *
   * @param shares each 0 to 1; together at most 1
   */
  public static Html of(String meaning, double... shares) {
    List<Html> drawn = new ArrayList<>();
    drawn.add(Element.of(Tag.TITLE, meaning));
    drawn.add(rect(0, WIDTH).of("bar-rest"));
    double at = 0;
    for (int i = 0; i < shares.length; i++) {
      double length = WIDTH * Math.clamp(shares[i], 0, 1);
      drawn.add(rect(at, Math.min(length, WIDTH - at)).of("part-" + (i + 1)));
      at = Math.min(WIDTH, at + length);
    }
    return svg(meaning, drawn);
  }

  /**
   * An interval around nothing, from -1 to 1: what lies left of the middle is fewer.
   *
   * @param low from -1
   * @param high to 1
   */
  public static Html interval(String meaning, double low, double estimate, double high) {
    double from = place(low);
    double to = place(high);
    List<Html> drawn = new ArrayList<>();
    drawn.add(Element.of(Tag.TITLE, meaning));
    drawn.add(rect(0, WIDTH).of("bar-rest"));
    drawn.add(
        rect(from, Math.max(1, to - from))
            .of(high < 0 ? "bar-good" : low > 0 ? "bar-bad" : "bar-open"));
    drawn.add(
        Element.of(Tag.RECT)
            .with(Attr.X, place(estimate) - 0.75)
            .with(Attr.Y, 0)
            .with(Attr.WIDTH, 1.5)
            .with(Attr.HEIGHT, HEIGHT)
            .of("bar-mark"));
    drawn.add(
        Element.of(Tag.RECT)
            .with(Attr.X, WIDTH / 2 - 0.3)
            .with(Attr.Y, 0)
            .with(Attr.WIDTH, 0.6)
            .with(Attr.HEIGHT, HEIGHT)
            .of("bar-middle"));
    return svg(meaning, drawn);
  }

  private static double place(double value) {
    return WIDTH / 2 * (1 + Math.clamp(value, -1, 1));
  }

  private static Element rect(double x, double width) {
    return Element.of(Tag.RECT)
        .with(Attr.X, x)
        .with(Attr.Y, 0)
        .with(Attr.WIDTH, width)
        .with(Attr.HEIGHT, HEIGHT)
        .with(Attr.RX, 2);
  }

  private static Html svg(String meaning, List<Html> drawn) {
    return Element.of(Tag.SVG, drawn)
        .with(Attr.VIEW_BOX, "0 0 100 8")
        .with(Attr.PRESERVE_ASPECT_RATIO, "none")
        .with(Attr.ROLE, "img")
        .with(Attr.ARIA_LABEL, meaning)
        .of("bar");
  }
}
