package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that were looked for, the newest first. Stateless. */
public final class SearchPage {
  private static final int SAID = 300;

  private SearchPage() {}

  /**
   * What was found.
   *
   * @param text what was looked for; null for any
   * @param filters names and values of all that narrows, in the words of the address
   * @param sought what was found in an event, by its id
   * @param next where the next page begins; null behind the last
   * @param wrong what is wrong with the search; null when nothing is
   */
  public record Found(
      @Nullable String text,
      Map<String, String> filters,
      List<Event> events,
      Map<String, String> sought,
      @Nullable String next,
      @Nullable String wrong) {
    public Found {
      filters = Map.copyOf(filters);
      events = List.copyOf(events);
      sought = Map.copyOf(sought);
    }
  }

  public static Page of(Found found, View view) {
    return Page.of(
            PageName.SEARCH,
            Section.of("list", heading(found), Html.all(form(found), body(found, view))))
        .unscoped();
  }

  private static String heading(Found found) {
    return found.text() == null ? "Events" : "Events with “" + found.text() + "”";
  }

  private static Link link(Found found) {
    Link link = PageName.SEARCH.link().with("text", found.text());
    for (Map.Entry<String, String> filter : sorted(found).entrySet()) {
      link = link.with(filter.getKey(), filter.getValue());
    }
    return link;
  }

  private static Map<String, String> sorted(Found found) {
    return new java.util.TreeMap<>(found.filters());
  }

  private static Html form(Found found) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("session", "Session");
    fields.put("agent", "Agent");
    fields.put("tool", "Tool");
    fields.put("type", "Type");
    fields.put("project", "Project");
    fields.put("story", "Story");
    fields.put("since", "Since");
    List<Html> parts = new ArrayList<>();
    parts.add(field("text", "Text", found.text(), "search"));
    fields.forEach(
        (name, label) -> parts.add(field(name, label, found.filters().get(name), "text")));
    parts.add(
        Element.of(
            Tag.LABEL,
            Element.of(Tag.INPUT)
                .with(Attr.TYPE, "checkbox")
                .with(Attr.NAME, "failed")
                .with(Attr.VALUE, "true")
                .flag(Attr.CHECKED, "true".equals(found.filters().get("failed"))),
            Html.text(" only what failed")));
    found
        .filters()
        .forEach((name, value) -> {
          if (!fields.containsKey(name) && !name.equals("failed")) {
            parts.add(
                Element.of(Tag.INPUT)
                    .with(Attr.TYPE, "hidden")
                    .with(Attr.NAME, name)
                    .with(Attr.VALUE, value));
          }
        });
    parts.add(Element.of(Tag.BUTTON, "Search").with(Attr.TYPE, "submit"));
    if (found.text() != null || !found.filters().isEmpty()) {
      parts.add(Element.link(PageName.SEARCH.link(), "Clear").of("quiet"));
    }
    return Element.asking(PageName.SEARCH.link(), parts.toArray(Html[]::new))
        .of("filters")
        .with(Attr.ROLE, "search")
        .with(Attr.ARIA_LABEL, "Search events");
  }

  private static Html field(String name, String label, @Nullable String value, String type) {
    Element input =
        Element.of(Tag.INPUT)
            .with(Attr.TYPE, type)
            .with(Attr.NAME, name)
            .with(Attr.AUTOCOMPLETE, "off")
            .with(Attr.PLACEHOLDER, name.equals("since") ? "36h, 7d, a date" : "any");
    return Element.of(
        Tag.LABEL, Html.text(label + " "), value == null ? input : input.with(Attr.VALUE, value));
  }

  private static Html body(Found found, View view) {
    if (found.wrong() != null) {
      return Element.of(Tag.P, found.wrong()).of("failed").with(Attr.ROLE, "alert");
    }
    if (found.events().isEmpty()) {
      return found.text() == null && found.filters().isEmpty()
          ? Empty.because(
              "No event was recorded or imported yet.", "flightlog import ~/.claude/projects")
          : Empty.narrowed("No event is like that.", PageName.SEARCH.link());
    }
    Html table =
        Table.of("Events, the newest first", found.events(), Event::id)
            .text("Time", event -> Element.link(view.event(event.id()), view.at(event.micros())))
            .text("Event", event -> Html.text(name(event)))
            .text(
                "State", event -> SessionEvents.failed(event) ? Values.state("failed") : Html.NONE)
            .text("Agent", event -> Values.text(event.text(Field.AGENT_NAME)))
            .text("Session", event -> session(event, view))
            .number("Took", event -> Values.duration(event.integer(Field.DURATION_MS)))
            .number("Tokens", event -> Values.tokens(event.integer(Field.TOKENS_USED)))
            .wide("Says", event -> Values.cut(said(event, found.sought().get(event.id()))))
            .html();
    Html next =
        found.next() == null
            ? Html.NONE
            : Pager.on("Older events", link(found).with("page", found.next()));
    String shown = Units.count(found.events().size(), "event") + " on this page.";
    return Html.all(
        table,
        next,
        Element.of(
                Tag.P,
                Html.text(shown),
                Html.text(" "),
                Element.link(Link.to("/health").at("coverage"), "What could not be read"))
            .of("coverage"));
  }

  private static String name(Event event) {
    String tool = event.detail("tool");
    return event.eventType().replace('_', ' ') + (tool == null ? "" : " " + tool);
  }

  private static String said(Event event, @Nullable String text) {
    return text == null || text.isEmpty()
        ? EventWords.said(event, SAID)
        : EventWords.around(event, text, SAID, SAID);
  }

  private static Html session(Event event, View view) {
    String id = event.text(Field.SESSION_ID);
    return id == null
        ? Values.unknown()
        : Element.link(view.session(id), SessionsPage.shortened(id)).with(Attr.TITLE, id).of("id");
  }
}
