package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.EventWords;
import java.util.ArrayList;
import java.util.List;

/** One event with all it has. Stateless. */
public final class EventPage {
  private EventPage() {}

  public static Page of(Event event, View view) {
    String session = event.text(Field.SESSION_ID);
    Html lead =
        Html.all(
            view.at(event.micros()),
            Html.text(" · " + event.category().wireName()),
            session == null
                ? Html.NONE
                : Html.all(
                    Html.text(" · "),
                    Element.link(
                        view.session(session), "session " + SessionsPage.shortened(session))),
            SessionEvents.failed(event)
                ? Html.all(Html.text(" · "), Values.state("failed"))
                : Html.NONE);
    return Page.below(
        PageName.SEARCH,
        EventWords.happened(event),
        lead,
        Section.of("fields", "Fields", fields(event)),
        Section.of("details", "Details", details(event)));
  }

  private static Html fields(Event event) {
    List<Html> facts = new ArrayList<>();
    for (Field field : Field.values()) {
      Object value = field == Field.DETAILS ? null : event.get(field);
      if (value != null) {
        String text =
            field == Field.TIMESTAMP
                ? event.timestamp().toString()
                : value instanceof String s ? s : new JsonWriter().value(value).toString();
        facts.add(Element.of(Tag.DT, field.column()));
        facts.add(Element.of(Tag.DD, Element.of(Tag.CODE, text)));
      }
    }
    return Element.of(Tag.DL, facts).of("facts");
  }

  private static Html details(Event event) {
    if (event.details().isEmpty()) {
      return Element.of(Tag.P, "It has none.").of("quiet");
    }
    List<Html> parts = new ArrayList<>();
    event
        .details()
        .forEach((key, value) -> {
          String text = value instanceof String s ? s : new JsonWriter().value(value).toString();
          parts.add(Element.of(Tag.H3, key));
          parts.add(Element.of(Tag.PRE, text));
        });
    return Html.all(parts);
  }
}
