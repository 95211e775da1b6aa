package dev.flightlog.dashboard.answers;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What numbers are about, and what they could not see. Stateless. */
public final class Coverage {
  private Coverage() {}

  /** The line below a table: of which events it is, what is missing, and the rows as a file. */
  public static Html of(Answer answer, View view, Link csv) {
    return of(answer, about(answer.window(), view), csv);
  }

  /**
   * The same.
   *
   * @param about of which events it is, as a sentence
   */
  public static Html of(Answer answer, String about, Link csv) {
    List<Html> parts = new ArrayList<>();
    Map<String, @Nullable Object> window = answer.window();
    parts.add(Html.text(about));
    for (String note : answer.notes()) {
      parts.add(Html.text(" " + sentence(note)));
    }
    if (window.get("pending") instanceof List<?> pending && !pending.isEmpty()) {
      parts.add(
          Element.of(
                  Tag.STRONG,
                  " Not in these numbers yet: what may be new in "
                      + Units.count(pending.size(), "source")
                      + ".")
              .of("warn"));
    }
    if (answer.omitted() > 0) {
      parts.add(Html.text(" " + Units.count(answer.omitted(), "more row") + " not shown."));
    }
    parts.add(Html.text(" "));
    parts.add(Element.link(Link.to("/health").at("coverage"), "What could not be read"));
    parts.add(Html.text(" · "));
    parts.add(Element.link(csv, "CSV"));
    return Element.of(Tag.P, parts).of("coverage");
  }

  /** The rows of a question as CSV, narrowed as the reader sees it. */
  public static Link csv(String question, Scope scope) {
    return scope.on(Link.to("/api/ask/" + question)).with("format", "csv");
  }

  private static String sentence(String note) {
    return note.isEmpty() || ".!?".indexOf(note.charAt(note.length() - 1)) >= 0 ? note : note + ".";
  }

  private static String about(Map<String, @Nullable Object> window, View view) {
    long events = window.get("events") instanceof Long number ? number : 0;
    if (events == 0) {
      return "Of no events.";
    }
    StringBuilder out = new StringBuilder("Of ").append(Units.count(events, "event"));
    if (window.get("sessions") instanceof Long sessions && sessions > 0) {
      out.append(" in ").append(Units.count(sessions, "session"));
    }
    if (window.get("first") instanceof String first && window.get("last") instanceof String last) {
      String from = view.dates().day(Timestamps.parse(first));
      String to = view.dates().day(Timestamps.parse(last));
      out.append(from.equals(to) ? ", " + from : ", " + from + " to " + to);
    }
    return out.append('.').toString();
  }
}
