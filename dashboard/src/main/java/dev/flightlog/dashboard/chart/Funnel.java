package dev.flightlog.dashboard.chart;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;

/** Steps of which each keeps a part of the one before, as bars around one axis. For one thread. */
public final class Funnel {
  private static final int WIDTH = 720;
  private static final int STEP = 30;
  private static final int MIDDLE = 300;
  private static final int WIDEST = 260;

  private final String caption;
  private final List<Step> steps = new ArrayList<>();

  private record Step(String name, double value, String shown) {}

  public Funnel(String caption) {
    this.caption = caption;
  }

  /**
   * One more step.
   *
   * @param shown the value in words
   */
  public Funnel step(String name, double value, String shown) {
    steps.add(new Step(name, value, shown));
    return this;
  }

  public Html html() {
    double largest = steps.stream().mapToDouble(Step::value).max().orElse(0);
    List<Html> drawn = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      double width = largest <= 0 ? 0 : Math.max(2, WIDEST * step.value() / largest);
      int top = i * STEP;
      drawn.add(
          Element.of(Tag.SVG_TEXT, step.name())
              .with(Attr.X, MIDDLE - WIDEST / 2 - 10)
              .with(Attr.Y, top + 19)
              .with(Attr.TEXT_ANCHOR, "end"));
      drawn.add(
          Element.of(Tag.RECT, Element.of(Tag.TITLE, step.name() + ": " + step.shown()))
              .with(Attr.X, MIDDLE - width / 2)
              .with(Attr.Y, top + 4)
              .with(Attr.WIDTH, width)
              .with(Attr.HEIGHT, STEP - 8)
              .with(Attr.RX, 3)
              .of("part-" + (i % 2 + 1)));
      drawn.add(
          Element.of(Tag.SVG_TEXT, step.shown())
              .with(Attr.X, MIDDLE + WIDEST / 2 + 10)
              .with(Attr.Y, top + 19)
              .of("strong"));
    }
    int height = steps.size() * STEP;
    return Element.of(Tag.SVG, drawn)
        .with(Attr.VIEW_BOX, "0 0 " + WIDTH + " " + height)
        .with(Attr.WIDTH, WIDTH)
        .with(Attr.HEIGHT, height)
        .with(Attr.ROLE, "img")
        .with(Attr.ARIA_LABEL, caption)
        .of("funnel");
  }
}
