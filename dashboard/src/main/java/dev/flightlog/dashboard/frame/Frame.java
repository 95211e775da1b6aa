package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands around every page: head, navigation, filters. The only place where HTML is written by
 * hand; nothing of a log comes into what is written so. Stateless.
 */
public final class Frame {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/assets/flightlog.css">
      <script src="/assets/theme.js"></script>
      <script src="/assets/main.js" type="module"></script>
      """;

  private Frame() {}

  /** The whole document. */
  public static String document(Page page, View view) {
    StringBuilder out = new StringBuilder(64 * 1024).append(HEAD);
    Element.of(Tag.TITLE, page.title() + " · Flightlog").renderTo(out);
    out.append("\n</head>\n<body>\n");
    Element.link(Link.within("main"), "Skip to the content").of("skip").renderTo(out);
    header(page, view).renderTo(out);
    out.append('\n');
    main(page, view).renderTo(out);
    return out.append("\n</body>\n</html>\n").toString();
  }

  /** The part of it that changes while it is looked at. */
  public static String fragment(Page page, View view) {
    return main(page, view).render();
  }

  private static Html header(Page page, View view) {
    List<Html> items = new ArrayList<>();
    for (PageName name : PageName.values()) {
      Element link = Element.link(view.scope().on(name.link()), name.title());
      items.add(
          Element.of(Tag.LI, name == page.name() ? link.with(Attr.ARIA_CURRENT, "page") : link));
    }
    return Element.of(
            Tag.HEADER,
            Element.link(view.scope().on(Link.to("/")), "Flightlog").of("brand"),
            Element.of(Tag.BUTTON, Html.text("Go to… "), Element.of(Tag.KBD, "Ctrl K"))
                .with(Attr.TYPE, "button")
                .with(Attr.ID, "palette-button")
                .flag(Attr.HIDDEN, true),
            Element.of(Tag.NAV, Element.of(Tag.UL, items)).with(Attr.ARIA_LABEL, "Pages"),
            Element.of(
                Tag.FOOTER,
                Element.of(Tag.BUTTON, "Dark or light")
                    .with(Attr.TYPE, "button")
                    .with(Attr.ID, "theme-button")
                    .flag(Attr.HIDDEN, true),
                Element.of(Tag.SPAN, "").with(Attr.ID, "live-state").with(Attr.ROLE, "status")))
        .of("side");
  }

  private static Element main(Page page, View view) {
    List<Html> parts = new ArrayList<>();
    parts.add(
        Element.of(
                Tag.DIV,
                Element.of(Tag.H1, page.title()),
                Element.of(Tag.P, page.lead()).of("lead"))
            .of("top"));
    if (page.scoped()) {
      parts.add(Filters.of(page.name(), view));
    }
    page.sections().forEach(section -> parts.add(section.html()));
    Element main = Element.of(Tag.MAIN, parts).with(Attr.ID, "main").with(Attr.TABINDEX, -1);
    return page.every() == 0 ? main : main.with(Attr.DATA_LIVE, page.every());
  }
}
