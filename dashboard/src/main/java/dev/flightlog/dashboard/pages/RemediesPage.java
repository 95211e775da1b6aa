package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.chart.Bar;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One class of errors: what made it work afterwards, and how often that did not. Stateless. */
public final class RemediesPage {
  private RemediesPage() {}

  /**
   * The page.
   *
   * @param answer to {@code remedies}
   */
  public static Page of(String error, Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    Html body =
        rows.isEmpty()
            ? Empty.because(
                answer.notes().isEmpty()
                    ? "No session shows what made this work."
                    : String.join(" ", answer.notes()))
            : remedies(rows, view);
    Link events = view.events().with("text", error).with("failed", "true");
    Link csv =
        view.scope().on(Link.to("/api/ask/remedies").with("error", error)).with("format", "csv");
    return Page.below(
        PageName.PATTERNS,
        error,
        Html.all(
            Html.text("What made it work afterwards, and how often the same did not help. "),
            Element.link(events, "The errors themselves")),
        Section.of("remedies", "Remedies", Html.all(body, Coverage.of(answer, view, csv))));
  }

  private static Html remedies(List<AnswerRow> rows, View view) {
    List<Html> cards = new ArrayList<>();
    for (AnswerRow row : rows) {
      cards.add(
          Element.of(Tag.ARTICLE, card(row, view))
              .of("remedy")
              .with(Attr.DATA_KEY, row.textOrEmpty("kind") + row.textOrEmpty("slot")));
    }
    return Html.all(cards);
  }

  private static List<Html> card(AnswerRow row, View view) {
    long helped = row.wholeOrZero("helped");
    long again = row.wholeOrZero("failed_again");
    double all = Math.max(1, helped + again);
    List<Html> parts = new ArrayList<>();
    parts.add(Element.of(Tag.H3, row.textOrEmpty("remedy")));
    parts.add(
        Element.of(
                Tag.P,
                Bar.of("helped, of all tries", helped / all),
                Html.text(
                    " helped "
                        + Units.count(helped, "time")
                        + " in "
                        + Units.count(row.wholeOrZero("sessions"), "session")),
                Html.text(", "),
                Element.of(Tag.SPAN, "failed again " + Units.count(again, "time"))
                    .of(again > 0 ? "bad" : "quiet"))
            .of("with-bar"));
    parts.add(pair("When it failed", row.text("before"), row.text("error_event"), view, "failed"));
    parts.add(pair("When it worked", row.text("after"), row.text("success_event"), view, "good"));
    String session = row.text("session");
    parts.add(
        Element.of(
                Tag.P,
                Html.text("Newest: "),
                view.ago(row.time("last_seen")),
                session == null
                    ? Html.NONE
                    : Html.all(
                        Html.text(" in session "),
                        Element.link(view.session(session), SessionsPage.shortened(session))))
            .of("coverage"));
    return parts;
  }

  private static Html pair(
      String name, @Nullable String text, @Nullable String event, View view, String look) {
    if (text == null) {
      return Html.NONE;
    }
    Html head =
        event == null
            ? Html.text(name)
            : Html.all(Html.text(name + ", "), Element.link(view.event(event), "the event"));
    return Html.all(
        Element.of(Tag.DIV, head).of("key"),
        Element.of(Tag.PRE, Timeline.shortened(text)).of(look));
  }
}
