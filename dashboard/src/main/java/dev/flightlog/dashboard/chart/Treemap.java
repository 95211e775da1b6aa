package dev.flightlog.dashboard.chart;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a whole as areas, the largest first, as nearly square as their order allows. Stateless.
 */
public final class Treemap {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 220;
  private static final int COLOURS = 6;

  private Treemap() {}

  /**
   * A part.
   *
   * @param value more than 0
   * @param shown the value in words
   * @param to where a click leads; null for nowhere
   */
  public record Part(String name, double value, String shown, @Nullable Link to) {}

  private record Box(double x, double y, double width, double height) {}

  /** The drawing; nothing when no part has a value. */
  public static Html of(String caption, List<Part> parts) {
    List<Part> sorted =
        parts.stream()
            .filter(part -> part.value() > 0)
            .sorted(Comparator.comparingDouble(Part::value).reversed())
            .toList();
    if (sorted.isEmpty()) {
      return Html.NONE;
    }
    List<Html> drawn = new ArrayList<>();
    lay(sorted, new Box(0, 0, WIDTH, HEIGHT), drawn);
    return Element.of(Tag.SVG, drawn)
        .with(Attr.VIEW_BOX, "0 0 " + (int) WIDTH + " " + (int) HEIGHT)
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, caption)
        .of("treemap");
  }

  /** Fills the free box row by row: a row takes parts as long as these become squarer by it. */
  private static void lay(List<Part> parts, Box free, List<Html> drawn) {
    int from = 0;
    Box box = free;
    double rest = parts.stream().mapToDouble(Part::value).sum();
    while (from < parts.size()) {
      double scale = box.width() * box.height() / rest;
      double side = Math.min(box.width(), box.height());
      int to = from + 1;
      while (to < parts.size()
          && worst(parts.subList(from, to + 1), side, scale)
              <= worst(parts.subList(from, to), side, scale)) {
        to++;
      }
      List<Part> row = parts.subList(from, to);
      double sum = row.stream().mapToDouble(Part::value).sum();
      box = draw(row, from, sum * scale / side, scale, box, drawn);
      rest -= sum;
      from = to;
    }
  }

  private static double worst(List<Part> row, double side, double scale) {
    double sum = row.stream().mapToDouble(Part::value).sum() * scale;
    double worst = 1;
    for (Part part : row) {
      double area = part.value() * scale;
      double ratio = side * side * area / (sum * sum);
      worst = Math.max(worst, Math.max(ratio, 1 / ratio));
    }
    return worst;
  }

  private static Box draw(
      List<Part> row, int first, double thick, double scale, Box box, List<Html> drawn) {
    boolean upright = box.width() >= box.height();
    double at = 0;
    for (int i = 0; i < row.size(); i++) {
      double length = row.get(i).value() * scale / thick;
      Box own =
          upright
              ? new Box(box.x(), box.y() + at, thick, length)
              : new Box(box.x() + at, box.y(), length, thick);
      drawn.add(area(row.get(i), first + i, own));
      at += length;
    }
    return upright
        ? new Box(box.x() + thick, box.y(), Math.max(0, box.width() - thick), box.height())
        : new Box(box.x(), box.y() + thick, box.width(), Math.max(0, box.height() - thick));
  }

  private static Html area(Part part, int number, Box box) {
    String meaning = part.name() + ": " + part.shown();
    Element rect =
        Element.of(Tag.RECT, Element.of(Tag.TITLE, meaning))
            .with(Attr.X, box.x() + 1)
            .with(Attr.Y, box.y() + 1)
            .with(Attr.WIDTH, Math.max(0.1, box.width() - 2))
            .with(Attr.HEIGHT, Math.max(0.1, box.height() - 2))
            .with(Attr.RX, 4)
            .of("part-" + (number % COLOURS + 1));
    List<Html> drawn = new ArrayList<>(List.of(rect));
    int letters = (int) ((box.width() - 14) / 7.2);
    if (letters >= 3 && box.height() >= 20) {
      drawn.add(label(part.name(), letters, box.x() + 8, box.y() + 18, "name"));
      if (box.height() >= 38) {
        drawn.add(label(part.shown(), letters, box.x() + 8, box.y() + 34, "shown"));
      }
    }
    return part.to() == null
        ? Element.of(Tag.G, drawn)
        : drawn.size() > 1
            ? Element.link(part.to(), Html.all(drawn))
            // No room for its name, which a reader of the screen hears all the same.
            : Element.link(part.to(), Html.all(drawn)).with(Attr.ARIA_LABEL, meaning);
  }

  private static Html label(String text, int letters, double x, double y, String look) {
    int points = text.codePointCount(0, text.length());
    String cut =
        points <= letters ? text : text.substring(0, text.offsetByCodePoints(0, letters - 1)) + "…";
    return Element.of(Tag.SVG_TEXT, cut).with(Attr.X, x).with(Attr.Y, y).of(look);
  }
}
