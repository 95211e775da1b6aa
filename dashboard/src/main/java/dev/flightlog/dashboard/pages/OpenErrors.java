package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Event;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.ErrorObserver;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.List;

/** The errors of a session after which the same never succeeded. Stateless. */
final class OpenErrors {
  private static final int SHOWN = 50;

  private OpenErrors() {}

  /** The errors, the oldest first, by the rules by which remedies are learnt. */
  static List<ErrorFact> of(SessionEvents session) {
    ErrorObserver observer = new ErrorObserver();
    Filter wanted = observer.wanted();
    FactCollector facts = new FactCollector();
    SessionWatch watch = observer.watch(session.id(), facts);
    for (Event event : session.all()) {
      if (wanted.matches(event)) {
        watch.see(event);
      }
    }
    watch.end();
    return facts.all().stream()
        .filter(ErrorFact.class::isInstance)
        .map(ErrorFact.class::cast)
        .filter(fact -> !fact.recovered() && !fact.tool().isEmpty())
        .toList();
  }

  static Section section(SessionEvents session, View view) {
    List<ErrorFact> open = of(session);
    String title = "Errors not made good";
    if (open.isEmpty()) {
      return Section.of(
          "open",
          title,
          Element.of(Tag.P, "After each error of a call the same succeeded, or there was none.")
              .of("quiet"));
    }
    List<ErrorFact> shown = open.subList(0, Math.min(SHOWN, open.size()));
    Html table =
        Table.of("Errors after which the same never succeeded", shown, ErrorFact::id)
            .text("When", fact -> Element.link(view.event(fact.id()), view.clock(fact.micros())))
            .text("Error", fact -> Element.of(Tag.SPAN, fact.label()).of("bad"))
            .wide("Called", fact -> Values.cut(fact.before()))
            .wide("It said", fact -> Values.cut(fact.message()))
            .number(
                "Tried on",
                "other ways that failed, too",
                fact -> Values.count((long) fact.tried().size()))
            .text("Then", OpenErrors::then)
            .html();
    int left = open.size() - shown.size();
    return Section.of(
        "open",
        title,
        left == 0
            ? table
            : Html.all(
                table,
                Element.of(Tag.P, Units.count(left, "more error") + " not shown.").of("coverage")));
  }

  private static Html then(ErrorFact fact) {
    return fact.isDecided()
        ? Html.text("given up")
        : Element.of(Tag.SPAN, "the session ended").of("quiet");
  }
}
