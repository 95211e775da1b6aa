package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest sessions, from the answer to {@code sessions}. Stateless. */
public final class SessionsPage {
  private SessionsPage() {}

  /**
   * The page.
   *
   * @param state only sessions that stand so; null for all
   */
  public static Page of(Answer sessions, @Nullable String state, View view) {
    List<AnswerRow> all = AnswerRow.of(sessions);
    List<AnswerRow> shown =
        all.stream().filter(row -> state == null || state.equals(row.text("state"))).toList();
    if (shown.isEmpty()) {
      return Page.of(PageName.SESSIONS, Section.of("list", "Sessions", nothing(all, view)));
    }
    Html table = table(shown, view);
    Html below = Coverage.of(sessions, view, Coverage.csv("sessions", view.scope()));
    return Page.of(
        PageName.SESSIONS,
        Section.of("list", "Newest sessions", Html.all(table, below))
            .beside(states(all, state, view)));
  }

  private static Html nothing(List<AnswerRow> all, View view) {
    if (!all.isEmpty() || !view.scope().isAll()) {
      return Empty.narrowed("No session is like that.", PageName.SESSIONS.link());
    }
    return Empty.because(
        "No session was seen yet. Sessions of Claude Code are read from ~/.claude/projects:",
        "flightlog import ~/.claude/projects");
  }

  private static Html states(List<AnswerRow> all, @Nullable String chosen, View view) {
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(row -> counts.merge(row.textOrEmpty("state"), 1, Integer::sum));
    List<Html> links = new ArrayList<>();
    links.add(choice("all " + all.size(), null, chosen, view));
    counts.forEach((state, count) ->
        links.add(choice(state.replace('_', ' ') + " " + count, state, chosen, view)));
    return Element.of(Tag.SPAN, links)
        .of("periods")
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, "State");
  }

  private static Html choice(
      String words, @Nullable String state, @Nullable String chosen, View view) {
    Element link = Element.link(view.to(PageName.SESSIONS.path()).with("state", state), words);
    boolean current = state == null ? chosen == null : state.equals(chosen);
    return current ? link.with(Attr.ARIA_CURRENT, "true") : link;
  }

  private static Html table(List<AnswerRow> rows, View view) {
    return Table.of("Sessions, the newest first", rows, row -> row.textOrEmpty("session"))
        .text("Session", row -> named(row, view))
        .text(
            "State",
            row ->
                Values.standing(
                    row.textOrEmpty("state"),
                    row.textOrEmpty("certain").equals("yes"),
                    row.time("last"),
                    view.now()))
        .text("Last", row -> view.ago(row.time("last")))
        .text("Project", row -> place(row, view))
        .text("Agent", row -> agent(row))
        .number("Events", row -> Values.count(row.whole("events"), events(row, view)))
        .number(
            "Errors",
            row -> Values.failures(row.whole("errors"), events(row, view).with("failed", "true")))
        .number(
            "Open",
            "errors after which the same intent never succeeded",
            row ->
                Values.failures(row.whole("open_errors"), events(row, view).with("failed", "true")))
        .number("Running", "without waiting for a person", SessionsPage::running)
        .number("Waiting", "for a person, as far as known", SessionsPage::waiting)
        .number("Tokens", row -> Values.tokens(row.whole("tokens_used")))
        .number("Cost", row -> Values.cost(row.real("cost_usd"), row.whole("unpriced_calls")))
        .html();
  }

  private static Link events(AnswerRow row, View view) {
    return view.to(PageName.SEARCH.path()).with("session", row.text("session"));
  }

  private static Html named(AnswerRow row, View view) {
    String id = row.textOrEmpty("session");
    Element link = Element.link(view.session(id), shortened(id)).with(Attr.TITLE, id).of("id");
    String words = row.text("last_words");
    return words == null
        ? link
        : Element.of(Tag.SPAN, link, Element.of(Tag.SMALL, Values.cut(words))).of("pair words");
  }

  /** The beginning of a UUID, and of another long id its end, too, in which such ids differ. */
  public static String shortened(String id) {
    return id.length() == 36 && id.charAt(8) == '-'
        ? id.substring(0, 8)
        : id.length() > 24 ? id.substring(0, 10) + "…" + id.substring(id.length() - 12) : id;
  }

  private static Html place(AnswerRow row, View view) {
    String project = row.text("project");
    String story = row.text("story");
    List<Html> parts = new ArrayList<>();
    if (project != null) {
      Link to = view.scope().project(project).on(PageName.SESSIONS.link());
      parts.add(Element.link(to, Values.cut(project)));
    }
    if (story != null && !story.equals(project)) {
      Link to = view.scope().story(story).on(PageName.SESSIONS.link());
      parts.add(Element.of(Tag.SMALL, Element.link(to, Values.cut(story))));
    }
    return parts.isEmpty() ? Values.unknown() : Element.of(Tag.SPAN, parts).of("pair");
  }

  private static Html agent(AnswerRow row) {
    String model = row.text("model");
    List<Html> parts = new ArrayList<>();
    parts.add(Values.cut(row.text("agent")));
    if (model != null) {
      parts.add(Element.of(Tag.SMALL, Values.cut(model)));
    }
    return Element.of(Tag.SPAN, parts).of("pair");
  }

  private static Html running(AnswerRow row) {
    Long total = row.whole("time_ms");
    Long waiting = row.whole("waiting_ms");
    if (total == null || total == 0) {
      return Values.unknown();
    }
    Html shown = Values.duration(total - (waiting == null ? 0 : waiting));
    return row.wholeOrZero("split_unknown") > 0 ? Html.all(Html.text("≤ "), shown) : shown;
  }

  private static Html waiting(AnswerRow row) {
    Long waiting = row.whole("waiting_ms");
    Long total = row.whole("time_ms");
    boolean untold = total == null || total == 0 || row.wholeOrZero("split_unknown") > 0;
    if (waiting == null || (waiting == 0 && untold)) {
      return Values.unknown();
    }
    Html shown = Values.duration(waiting);
    return row.wholeOrZero("split_unknown") > 0 ? Html.all(Html.text("≥ "), shown) : shown;
  }
}
