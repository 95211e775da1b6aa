package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;

/**
 * A part of a page with a heading of its own. Immutable.
 *
 * @param id names it within its page
 * @param beside what stands beside the heading, such as links
 */
public record Section(String id, String title, Html beside, Html body) {
  public static Section of(String id, String title, Html body) {
    return new Section(id, title, Html.NONE, body);
  }

  public Section beside(Html more) {
    return new Section(id, title, more, body);
  }

  Html html() {
    Element heading = Element.of(Tag.H2, title).with(Attr.ID, id + "-h");
    Html head =
        beside.isNothing()
            ? heading
            : Element.of(Tag.HEADER, heading, Element.of(Tag.DIV, beside).of("beside"));
    return Element.of(Tag.SECTION, head, body)
        .with(Attr.ID, id)
        .with(Attr.ARIA_LABELLEDBY, id + "-h");
  }
}
