package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The line in which a reader narrows a page; it works without a script. Stateless. */
final class Filters {
  /** What may be chosen for "since"; anything that a question takes may stand in the address. */
  private static final List<String> PERIODS = List.of("24h", "7d", "4w", "13w");

  private Filters() {}

  static Html of(PageName page, View view) {
    Scope scope = view.scope();
    List<Html> parts = new ArrayList<>();
    parts.add(periods(page, scope));
    parts.add(field("project", "Project", scope.project()));
    parts.add(field("story", "Story", scope.story()));
    parts.add(field("agent", "Agent", scope.agent()));
    if (scope.since() != null) {
      parts.add(hidden("since", scope.since()));
    }
    if (scope.until() != null) {
      parts.add(hidden("until", scope.until()));
    }
    parts.add(Element.of(Tag.BUTTON, "Apply").with(Attr.TYPE, "submit"));
    if (!scope.isAll()) {
      parts.add(Element.link(page.link(), "Clear").of("quiet"));
    }
    return Element.asking(page.link(), parts.toArray(Html[]::new))
        .of("filters")
        .with(Attr.ROLE, "search")
        .with(Attr.ARIA_LABEL, "Narrow this page");
  }

  private static Html periods(PageName page, Scope scope) {
    List<Html> links = new ArrayList<>();
    links.add(period(page, scope, null, "all"));
    for (String period : PERIODS) {
      links.add(period(page, scope, period, period));
    }
    if (scope.since() != null && !PERIODS.contains(scope.since())) {
      links.add(period(page, scope, scope.since(), scope.since()));
    }
    return Element.of(Tag.SPAN, links)
        .of("periods")
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, "Period");
  }

  private static Html period(PageName page, Scope scope, @Nullable String since, String word) {
    Link to = scope.since(since).until(null).on(page.link());
    Element link = Element.link(to, word);
    boolean current = since == null ? scope.since() == null : since.equals(scope.since());
    return current ? link.with(Attr.ARIA_CURRENT, "true") : link;
  }

  private static Html field(String name, String label, @Nullable String value) {
    Element input =
        Element.of(Tag.INPUT)
            .with(Attr.NAME, name)
            .with(Attr.TYPE, "text")
            .with(Attr.AUTOCOMPLETE, "off")
            .with(Attr.PLACEHOLDER, "any");
    return Element.of(
        Tag.LABEL, Html.text(label + " "), value == null ? input : input.with(Attr.VALUE, value));
  }

  private static Html hidden(String name, String value) {
    return Element.of(Tag.INPUT)
        .with(Attr.TYPE, "hidden")
        .with(Attr.NAME, name)
        .with(Attr.VALUE, value);
  }
}
