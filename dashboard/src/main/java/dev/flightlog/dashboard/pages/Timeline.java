package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events one below the other, each with what it says; more of it when it is opened. Stateless. */
public final class Timeline {
  /** Characters of a text that are shown without opening the event itself. */
  private static final int LONGEST = 2_000;

  private static final int LINE = 240;

  /** Arguments of calls, the most telling first. */
  private static final List<String> TELLING =
      List.of(
          "command",
          "cmd",
          "file_path",
          "path",
          "pattern",
          "query",
          "url",
          "description",
          "skill",
          "prompt");

  private Timeline() {}

  /**
   * A list.
   *
   * @param main the agent whose events are not marked with its name
   */
  static Html of(List<Event> events, String main, View view) {
    List<Html> items = new ArrayList<>();
    String day = "";
    for (Event event : events) {
      String today = view.dates().day(event.micros());
      if (!today.equals(day)) {
        items.add(Element.of(Tag.LI, today).of("day").with(Attr.DATA_KEY, today));
        day = today;
      }
      items.add(item(event, main, view));
    }
    return Element.of(Tag.OL, items).of("timeline");
  }

  private static Html item(Event event, String main, View view) {
    String agent = event.text(Field.AGENT_NAME);
    String other = agent == null || agent.equals(main) ? "" : agent;
    boolean failed = SessionEvents.failed(event);
    Element line =
        Element.of(
            Tag.DIV,
            Element.link(view.event(event.id()), view.clock(event.micros())).of("when"),
            other.isEmpty() ? Html.NONE : Element.of(Tag.SPAN, other).of("agent"),
            Element.of(Tag.SPAN, name(event)).of("what"),
            failed ? Values.state("failed") : Html.NONE,
            Element.of(Tag.SPAN, said(event)).of("said"),
            Element.of(Tag.SPAN, measures(event)).of("measures"));
    Html more = more(event);
    Element item =
        Element.of(Tag.LI, line.of("line"), more).with(Attr.DATA_KEY, event.id()).of(kind(event));
    item = other.isEmpty() ? item : item.of("sub");
    return failed ? item.of("failed") : item;
  }

  /** Of a call what it was called with that tells most; else what the event says. */
  private static String said(Event event) {
    if (event.eventType().equals(EventTypes.TOOL_CALL)
        && event.details().get("input") instanceof Map<?, ?> input) {
      for (String key : TELLING) {
        if (input.get(key) instanceof String text && !text.isBlank()) {
          return SafeText.shortened(SafeText.sentence(text), LINE);
        }
      }
    }
    return EventWords.said(event, LINE);
  }

  /** What an event is and says, in a line. */
  public static String words(Event event) {
    String said = said(event);
    return said.isEmpty() ? name(event) : name(event) + ": " + said;
  }

  private static String name(Event event) {
    String tool = event.eventType().equals(EventTypes.TOOL_CALL) ? event.detail("tool") : null;
    return tool == null ? event.eventType().replace('_', ' ') : tool;
  }

  private static String kind(Event event) {
    return switch (event.eventType()) {
      case EventTypes.USER_PROMPT,
          EventTypes.USER_INTERRUPT,
          EventTypes.TOOL_REJECTED,
          EventTypes.HUMAN_CLARIFICATION_NEEDED ->
          "person";
      case "agent_message" -> "message";
      case EventTypes.TOOL_CALL -> "tool";
      case EventTypes.MODEL_CALL -> "model";
      default -> "other";
    };
  }

  private static List<Html> measures(Event event) {
    List<Html> measures = new ArrayList<>();
    Long millis = event.integer(Field.DURATION_MS);
    if (millis != null) {
      measures.add(Values.duration(millis));
    }
    Long tokens = event.integer(Field.TOKENS_USED);
    if (tokens != null) {
      measures.add(Values.tokens(tokens));
    }
    return measures;
  }

  private static Html more(Event event) {
    List<Html> parts = new ArrayList<>();
    for (String key : List.of("prompt", "text", "message", "input", "output", "reason")) {
      Object value = event.details().get(key);
      if (value == null) {
        continue;
      }
      String text =
          value instanceof String plain ? plain : new JsonWriter().value(value).toString();
      boolean told =
          parts.isEmpty() && text.length() <= LINE && !text.contains("\n") && !key.equals("input");
      if (!told || key.equals("output")) {
        parts.add(Element.of(Tag.DIV, key).of("key"));
        parts.add(Element.of(Tag.PRE, shortened(text)));
      }
    }
    return parts.isEmpty()
        ? Html.NONE
        : Element.of(Tag.DETAILS, Element.of(Tag.SUMMARY, "more"), Html.all(parts));
  }

  /** So much of a text as a page has room for. */
  public static String shortened(@Nullable String text) {
    return text == null || text.length() <= LONGEST
        ? String.valueOf(text)
        : text.substring(0, LONGEST) + "\n… " + (text.length() - LONGEST) + " characters more";
  }
}
