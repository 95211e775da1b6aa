package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;

/** Links to the other pages of a long list. Stateless. */
final class Pager {
  private Pager() {}

  /** Of a list whose number of pages is known; the page stands in the parameter of that name. */
  static Html of(int page, int pages, Link link) {
    List<Html> parts = new ArrayList<>();
    if (page > 1) {
      parts.add(Element.link(link.with("page", "1"), "First"));
      parts.add(Element.link(link.with("page", String.valueOf(page - 1)), "Earlier"));
    }
    parts.add(Element.of(Tag.SPAN, "Page " + page + " of " + pages));
    if (page < pages) {
      parts.add(Element.link(link.with("page", String.valueOf(page + 1)), "Later"));
      parts.add(Element.link(link.with("page", String.valueOf(pages)), "Last"));
    }
    return Element.of(Tag.NAV, parts).of("pager").with(Attr.ARIA_LABEL, "Pages of this list");
  }

  /** Of a list that only goes on. */
  static Html on(String words, Link next) {
    return Element.of(Tag.NAV, Element.link(next, words))
        .of("pager")
        .with(Attr.ARIA_LABEL, "Pages of this list");
  }
}
