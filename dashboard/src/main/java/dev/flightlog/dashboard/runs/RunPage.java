package dev.flightlog.dashboard.runs;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
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
import dev.flightlog.dashboard.pages.SessionsPage;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of an experiment: its steps, and the logs of one of them side by side. Stateless. */
public final class RunPage {
  private static final int SESSIONS = 5;

  private RunPage() {}

  /**
   * What the reader sees of its logs.
   *
   * @param step the number of a step; null for what happened outside of steps
   * @param entries the oldest first
   * @param cut true when there are more
   */
  public record Log(@Nullable Long step, List<Event> entries, boolean cut) {
    public Log {
      entries = List.copyOf(entries);
    }
  }

  /**
   * The step that is most wanted: the first that failed, else one that has no end, else the first.
   * Null when there is none.
   */
  public static @Nullable Long wanted(Answer steps) {
    Long first = null;
    Long open = null;
    for (AnswerRow row : AnswerRow.of(steps)) {
      if ("failed".equals(row.text("status"))) {
        return row.whole("step");
      }
      first = first == null ? row.whole("step") : first;
      open = open == null && row.wholeOrZero("open") > 0 ? row.whole("step") : open;
    }
    return open == null ? first : open;
  }

  /**
   * The page.
   *
   * @param run its row of the answer to {@code runs run}
   * @param steps the answer to {@code runs step} about it
   */
  public static Page of(AnswerRow run, Answer steps, Log log, View view) {
    String id = run.textOrEmpty("run");
    return Page.below(
        PageName.RUNS,
        "Run " + SessionsPage.shortened(id),
        lead(run, view),
        Section.of("summary", "Summary", summary(run, log, view)),
        Section.of("steps", "Steps", steps(run, steps, log, view)),
        logs(run, log, view));
  }

  private static Html lead(AnswerRow run, View view) {
    List<Html> parts = new ArrayList<>();
    parts.add(Values.state(run.textOrEmpty("status")));
    if (!run.textOrEmpty("framework").isEmpty()) {
      parts.add(Element.of(Tag.STRONG, run.textOrEmpty("framework")));
    }
    if (run.text("model") != null) {
      parts.add(Html.text(run.textOrEmpty("model")));
    }
    parts.add(view.at(run.time("started")));
    parts.add(Html.text("to"));
    parts.add(run.time("ended") == null ? Html.text("no end yet") : view.at(run.time("ended")));
    List<Html> spaced = new ArrayList<>();
    for (Html part : parts) {
      spaced.add(part);
      spaced.add(Html.text(" "));
    }
    return Html.all(spaced);
  }

  private static Html summary(AnswerRow run, Log log, View view) {
    Link events = Link.to(PageName.SEARCH.path()).with("run", run.text("run"));
    Tiles tiles =
        Tiles.none()
            .tile("Steps", Values.count(run.whole("steps")))
            .tile("Time", Values.duration(run.real("avg_ms")))
            .tile("Retries", Values.count(run.whole("retries"), events.with("type", "retry")))
            .tile("Errors", Values.failures(run.whole("errors"), events.with("failed", "true")))
            .tile(
                "Requests to models",
                Values.count(run.whole("model_calls"), events.with("type", "model_call")))
            .tile("Tokens", Values.tokens(run.whole("tokens_used")))
            .tile("Cost", RunsPage.cost(run));
    Set<String> sessions = new LinkedHashSet<>();
    for (Event event : log.entries()) {
      String session = event.text(Field.SESSION_ID);
      if (session != null && sessions.size() < SESSIONS) {
        sessions.add(session);
      }
    }
    List<Html> facts = new ArrayList<>();
    if (!sessions.isEmpty()) {
      List<Html> links = new ArrayList<>();
      for (String session : sessions) {
        links.add(
            Element.link(view.session(session), SessionsPage.shortened(session))
                .with(Attr.TITLE, session));
        links.add(Html.text(" "));
      }
      facts.add(Element.of(Tag.DT, sessions.size() == 1 ? "session" : "sessions"));
      facts.add(Element.of(Tag.DD, links));
    }
    String name = name(run);
    if (name.matches("[A-Za-z0-9._/-]{1,100}")) {
      facts.add(Element.of(Tag.DT, "its page for git"));
      facts.add(Element.of(Tag.DD, Values.command("flightlog run summary " + name)));
    }
    return Html.all(tiles.html(), Element.of(Tag.DL, facts).of("facts"));
  }

  private static Html steps(AnswerRow run, Answer steps, Log log, View view) {
    List<AnswerRow> rows = AnswerRow.of(steps);
    Link whole = view.run(run.textOrEmpty("framework"), run.textOrEmpty("run"));
    Html outside =
        Element.of(
            Tag.P,
            Element.link(whole.with("step", "none").at("logs"), "What happened outside of steps"));
    if (rows.isEmpty()) {
      return Html.all(Element.of(Tag.P, "It has no steps.").of("quiet"), outside);
    }
    Html table =
        Table.of("Steps of the run", rows, row -> String.valueOf(row.whole("step")))
            .text("Step", row -> step(row, whole, log))
            .text("Status", row -> Values.state(row.textOrEmpty("status")))
            .number("Time", row -> Values.duration(row.real("avg_ms")))
            .number("Retries", row -> Values.count(row.whole("retries")))
            .number("Errors", row -> count(row.whole("errors")))
            .number("Warnings", row -> Values.count(row.whole("warnings")))
            .number("Requests", "to models", row -> Values.count(row.whole("model_calls")))
            .number("Tokens", row -> Values.tokens(row.whole("tokens_used")))
            .number("Cost", RunsPage::cost)
            .html();
    return Html.all(
        table,
        outside,
        Coverage.of(
            steps,
            "Of all events of this run.",
            Link.to("/api/ask/runs")
                .with("by", "step")
                .with("run", name(run))
                .with("format", "csv")));
  }

  private static Html count(@Nullable Long errors) {
    return errors == null || errors == 0
        ? Values.count(errors)
        : Element.of(Tag.SPAN, Values.count(errors)).of("bad");
  }

  private static String name(AnswerRow run) {
    String framework = run.textOrEmpty("framework");
    return framework.isEmpty() ? run.textOrEmpty("run") : framework + "/" + run.textOrEmpty("run");
  }

  private static Html step(AnswerRow row, Link whole, Log log) {
    Long number = row.whole("step");
    Element link =
        Element.link(whole.with("step", String.valueOf(number)).at("logs"), String.valueOf(number));
    boolean current = number != null && number.equals(log.step());
    return current ? link.with(Attr.ARIA_CURRENT, "true") : link;
  }

  private static Section logs(AnswerRow run, Log log, View view) {
    Long step = log.step();
    String title = step == null ? "Logs outside of steps" : "Logs of step " + step;
    Link events =
        Link.to(PageName.SEARCH.path())
            .with("run", run.text("run"))
            .with("step", step == null ? null : String.valueOf(step));
    Html cut =
        log.cut()
            ? Element.of(
                    Tag.P,
                    Html.text("The first " + Units.count(log.entries().size()) + " entries. "),
                    Element.link(events, "All of them"))
                .of("coverage")
            : Html.NONE;
    Html body =
        log.entries().isEmpty()
            ? Element.of(Tag.P, "Nothing was logged there.").of("quiet")
            : ComponentLogs.of(log.entries(), view);
    return Section.of("logs", title, Html.all(body, cut));
  }
}
