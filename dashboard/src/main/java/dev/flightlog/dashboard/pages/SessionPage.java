package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.live.LastEvents;
import dev.flightlog.analysis.live.Standing;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.chart.LineChart;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Tiles;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One session: what happened, what filled its context, which files, what failed. Stateless. */
public final class SessionPage {
  private static final int EVENTS_A_PAGE = 200;
  private static final int FILES = 40;
  private static final int RUNS = 10;
  private static final long RUNNING = 10 * 60 * 1_000_000L;

  private SessionPage() {}

  /**
   * What the reader chose to see of it.
   *
   * @param page from 1; 0 for the one that is most wanted: the last of a session that runs, else
   *     the first
   */
  public record Choice(SessionEvents.Show show, int page) {}

  /**
   * The page.
   *
   * @param summary the answer to {@code session}
   * @param listed its row of the answer to {@code sessions}, where it is among the newest
   */
  public static Page of(
      SessionEvents session, Answer summary, @Nullable AnswerRow listed, Choice choice, View view) {
    return Page.below(
        PageName.SESSIONS,
        "Session " + SessionsPage.shortened(session.id()),
        lead(session, view),
        Section.of("summary", "Summary", summary(session, summary, listed, view)),
        context(session, view),
        OpenErrors.section(session, view),
        files(session, view),
        timeline(session, choice, view));
  }

  private static Html lead(SessionEvents session, View view) {
    Event last = session.last();
    List<Html> parts = new ArrayList<>();
    LastEvents heard = LastEvents.of(session.all(), view.now());
    Standing standing = heard.standing();
    parts.add(
        Values.standing(standing.state().word(), standing.certain(), heard.last(), view.now()));
    String project = last.text(Field.PROJECT);
    String story = last.text(Field.STORY_ID);
    if (project != null) {
      Link to = Scope.ALL.project(project).on(PageName.SESSIONS.link());
      parts.add(Element.link(to, project));
    }
    if (story != null && !story.equals(project)) {
      parts.add(Element.link(Scope.ALL.story(story).on(PageName.SESSIONS.link()), story));
    }
    parts.add(view.at(session.first().micros()));
    parts.add(Html.text("to"));
    parts.add(view.at(last.micros()));
    parts.add(
        Html.text("(" + Units.duration((last.micros() - session.first().micros()) / 1000.0) + ")"));
    List<Html> spaced = new ArrayList<>();
    for (Html part : parts) {
      spaced.add(part);
      spaced.add(Html.text(" "));
    }
    return Html.all(spaced);
  }

  private static boolean isLive(SessionEvents session, View view) {
    return session.last().micros() > view.now() - RUNNING;
  }

  private static Html summary(
      SessionEvents session, Answer summary, @Nullable AnswerRow listed, View view) {
    Map<String, @Nullable Object> window = summary.window();
    Link events = Link.to(PageName.SEARCH.path()).with("session", session.id());
    Tiles tiles =
        Tiles.none()
            .tile("Events", Values.count((long) session.all().size(), events))
            .tile(
                "Tool calls",
                Values.count(whole(window, "session_tool_calls"), events.with("type", "tool_call")))
            .tile(
                "Errors",
                Values.failures(whole(window, "session_errors"), events.with("failed", "true")))
            .tile("Tokens", Values.tokens(whole(window, "session_tokens_used")))
            .tile(
                "Cost",
                Values.cost(
                    window.get("session_cost_usd") instanceof Double usd ? usd : null,
                    whole(window, "session_unpriced_calls")))
            .tile("Compactions", Values.count(session.compactions()));
    List<Html> facts = new ArrayList<>();
    for (AnswerRow row : AnswerRow.of(summary)) {
      String detail = row.text("detail");
      Long count = row.whole("count");
      facts.add(Element.of(Tag.DT, row.textOrEmpty("part").replace('_', ' ')));
      facts.add(
          Element.of(
              Tag.DD,
              count == null ? Html.NONE : Element.of(Tag.STRONG, Values.count(count)),
              Html.text(count == null || detail == null ? "" : " · "),
              detail == null ? Html.NONE : Html.text(detail)));
    }
    List<Html> runs = runs(session, view);
    if (!runs.isEmpty()) {
      facts.add(Element.of(Tag.DT, "runs of experiments"));
      facts.add(Element.of(Tag.DD, runs));
    }
    String resume = listed == null ? null : listed.text("resume");
    if (resume != null) {
      facts.add(Element.of(Tag.DT, "go on with it"));
      facts.add(Element.of(Tag.DD, Values.command(resume)));
    }
    return Html.all(
        tiles.html(),
        Element.of(Tag.DL, facts).of("facts"),
        Coverage.of(
            summary,
            "Of "
                + (session.cut() ? "the newest " : "")
                + Units.count(session.all().size(), "event")
                + " of this session.",
            Link.to("/api/ask/session").with("session", session.id()).with("format", "csv")));
  }

  /** The runs to which events of a session belong. */
  private static List<Html> runs(SessionEvents session, View view) {
    Map<String, Link> links = new LinkedHashMap<>();
    for (Event event : session.all()) {
      String run = event.text(Field.RUN_ID);
      if (run != null && links.size() < RUNS) {
        String framework = event.detail("framework");
        links.putIfAbsent(
            framework == null ? run : framework + "/" + run,
            view.run(framework == null ? "" : framework, run));
      }
    }
    List<Html> shown = new ArrayList<>();
    links.forEach((name, link) -> {
      shown.add(Element.link(link, SafeText.shortened(name, 60)));
      shown.add(Html.text(" "));
    });
    return shown;
  }

  private static @Nullable Long whole(Map<String, @Nullable Object> window, String key) {
    return window.get(key) instanceof Long number ? number : null;
  }

  private static Section context(SessionEvents session, View view) {
    List<SessionEvents.Request> requests = session.requests();
    if (requests.isEmpty()) {
      return Section.of(
          "context",
          "What filled the context",
          Element.of(Tag.P, "No request of this session tells its size.").of("quiet"));
    }
    LineChart chart =
        new LineChart(
                "Tokens in the context, request by request",
                "request",
                "tokens",
                LineChart.Look.STACK)
            .line("read from cache")
            .line("written to cache")
            .line("new");
    long peak = 0;
    for (int i = 0; i < requests.size(); i++) {
      SessionEvents.Request request = requests.get(i);
      peak = Math.max(peak, request.size());
      chart.point(
          Element.link(view.event(request.event().id()), String.valueOf(i + 1)),
          i + 1,
          request.read(),
          request.written(),
          request.fresh());
    }
    return Section.of(
        "context",
        "What filled the context",
        Html.all(
            chart.html(),
            Element.of(
                    Tag.P,
                    Units.count(requests.size(), "request")
                        + ", the largest with "
                        + Units.tokens(peak)
                        + " tokens; "
                        + Units.count(session.compactions(), "compaction")
                        + ".")
                .of("coverage")));
  }

  private static Section files(SessionEvents session, View view) {
    List<SessionEvents.FileUse> files = session.files();
    if (files.isEmpty()) {
      return Section.of("files", "Files", Element.of(Tag.P, "No call names a file.").of("quiet"));
    }
    List<SessionEvents.FileUse> shown = files.subList(0, Math.min(FILES, files.size()));
    Html table =
        Table.of("Files that calls named", shown, SessionEvents.FileUse::path)
            .wide("File", file -> Values.cut(file.path()))
            .number("Changed", file -> Values.count(file.changes()))
            .number("Read", file -> Values.count(file.reads()))
            .number("Failed", file -> Values.count(file.failed()))
            .html();
    int left = files.size() - shown.size();
    return Section.of(
        "files",
        "Files",
        left == 0
            ? table
            : Html.all(
                table,
                Element.of(Tag.P, Units.count(left, "more file") + " not shown.").of("coverage")));
  }

  private static Section timeline(SessionEvents session, Choice choice, View view) {
    List<Event> shown = session.shown(choice.show());
    int pages = Math.max(1, (shown.size() + EVENTS_A_PAGE - 1) / EVENTS_A_PAGE);
    int wanted = choice.page() == 0 ? (isLive(session, view) ? pages : 1) : choice.page();
    int page = Math.clamp(wanted, 1, pages);
    int from = (page - 1) * EVENTS_A_PAGE;
    List<Event> part = shown.subList(from, Math.min(shown.size(), from + EVENTS_A_PAGE));
    Html body =
        part.isEmpty()
            ? Element.of(Tag.P, "Nothing of this kind.").of("quiet")
            : Timeline.of(part, session.mainAgent(), view);
    Html cut =
        session.cut()
            ? Element.of(Tag.P, "Older events of this session are not shown here.").of("coverage")
            : Html.NONE;
    return Section.of(
            "timeline", "Timeline", Html.all(cut, body, pager(session, choice, page, pages, view)))
        .beside(shows(session, choice.show(), view));
  }

  private static Html shows(SessionEvents session, SessionEvents.Show chosen, View view) {
    List<Html> links = new ArrayList<>();
    for (SessionEvents.Show show : SessionEvents.Show.values()) {
      String word = show == SessionEvents.Show.ALL ? null : show.word();
      Element link =
          Element.link(
              view.session(session.id()).with("show", word).at("timeline"),
              show.words() + " " + Units.count(session.shown(show).size()));
      links.add(show == chosen ? link.with(Attr.ARIA_CURRENT, "true") : link);
    }
    return Element.of(Tag.SPAN, links)
        .of("periods")
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, "Kinds of events");
  }

  private static Html pager(SessionEvents session, Choice choice, int page, int pages, View view) {
    if (pages == 1) {
      return Html.NONE;
    }
    String show = choice.show() == SessionEvents.Show.ALL ? null : choice.show().word();
    Link link = view.session(session.id()).with("show", show).at("timeline");
    return Pager.of(page, pages, link);
  }
}
