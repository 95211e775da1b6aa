package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;

/** Some numbers side by side, each with its name. Immutable. */
public final class Tiles {
  private final List<Html> tiles;

  private Tiles(List<Html> tiles) {
    this.tiles = tiles;
  }

  public static Tiles none() {
    return new Tiles(List.of());
  }

  /** The same with one more. */
  public Tiles tile(String name, Html value) {
    return tile(name, value, Html.NONE);
  }

  /**
   * The same with one more.
   *
   * @param beside what stands below the value: a change, a small drawing
   */
  public Tiles tile(String name, Html value, Html beside) {
    List<Html> more = new ArrayList<>(tiles);
    more.add(
        Element.of(
                Tag.DIV,
                Element.of(Tag.DT, name),
                Element.of(Tag.DD, value).of("value"),
                beside.isNothing() ? Html.NONE : Element.of(Tag.DD, beside).of("beside"))
            .of("tile"));
    return new Tiles(more);
  }

  public Html html() {
    return Element.of(Tag.DL, tiles).of("tiles");
  }
}
