package dev.flightlog.dashboard.runs;

import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.dashboard.pages.SessionEvents;
import dev.flightlog.dashboard.pages.Timeline;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The logs of a step, a column a component, side by side. Stateless. */
final class ComponentLogs {
  /** The usual components, in the order in which a step goes through them. */
  private static final List<String> USUAL =
      List.of("orchestrator", "adapter", "metrics", "validator");

  private static final int LONGEST = 400;
  private static final int COLUMNS = 12;

  private ComponentLogs() {}

  /**
   * A column for each component.
   *
   * @param entries the oldest first, at least one
   */
  static Html of(List<Event> entries, View view) {
    Map<String, List<Event>> columns =
        new TreeMap<>(
            Comparator.comparingInt(ComponentLogs::place).thenComparing(Comparator.naturalOrder()));
    for (Event entry : entries) {
      String component = entry.text(Field.COMPONENT);
      columns
          .computeIfAbsent(component == null ? "" : component, _ -> new ArrayList<>())
          .add(entry);
    }
    List<Html> shown = new ArrayList<>();
    for (Map.Entry<String, List<Event>> column : columns.entrySet()) {
      if (shown.size() < COLUMNS) {
        shown.add(column(column.getKey(), column.getValue(), view));
      }
    }
    int left = columns.size() - shown.size();
    Html logs =
        Element.of(Tag.DIV, shown)
            .of("logs")
            .with(Attr.ROLE, "region")
            .with(Attr.ARIA_LABEL, "Logs by component")
            .with(Attr.TABINDEX, 0);
    return left == 0
        ? logs
        : Html.all(
            logs,
            Element.of(Tag.P, Units.count(left, "more component") + " not shown.").of("coverage"));
  }

  private static int place(String component) {
    int usual = USUAL.indexOf(component);
    return usual < 0 ? USUAL.size() : usual;
  }

  private static Html column(String component, List<Event> entries, View view) {
    List<Html> items = new ArrayList<>();
    entries.forEach(entry -> items.add(entry(entry, view)));
    return Element.of(
            Tag.DIV,
            Element.of(Tag.H3, (component.isEmpty() ? "no component" : component) + " ")
                .and(Element.of(Tag.SMALL, Units.count(entries.size()))),
            Element.of(Tag.OL, items))
        .of("log")
        .with(Attr.DATA_KEY, component);
  }

  private static Html entry(Event entry, View view) {
    String level = level(entry);
    boolean loud = level.equals("ERROR") || level.equals("WARNING");
    String stack = entry.detail("stack");
    Element item =
        Element.of(
                Tag.LI,
                Element.link(view.event(entry.id()), view.clock(entry.micros())).of("when"),
                loud ? Element.of(Tag.SPAN, level).of("level") : Html.NONE,
                Html.text(said(entry)),
                stack == null
                    ? Html.NONE
                    : Element.of(
                        Tag.DETAILS,
                        Element.of(Tag.SUMMARY, "stack"),
                        Element.of(Tag.PRE, Timeline.shortened(stack))))
            .with(Attr.DATA_KEY, entry.id());
    return level.equals("ERROR")
        ? item.of("error")
        : level.equals("WARNING") ? item.of("warning") : item;
  }

  private static String level(Event entry) {
    String level = entry.detail("level");
    return level == null ? SessionEvents.failed(entry) ? "ERROR" : "INFO" : level;
  }

  private static String said(Event entry) {
    String told = entry.detail("log_message");
    String message = told == null ? entry.detail("message") : told;
    return message == null || message.isBlank()
        ? Timeline.words(entry)
        : SafeText.shortened(SafeText.sentence(message), LONGEST);
  }
}
