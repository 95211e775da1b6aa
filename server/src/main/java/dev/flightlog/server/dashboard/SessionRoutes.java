package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.pages.EventPage;
import dev.flightlog.dashboard.pages.SessionEvents;
import dev.flightlog.dashboard.pages.SessionPage;
import dev.flightlog.dashboard.pages.SessionsPage;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import java.time.Duration;
import java.util.List;

/** Sessions, one session, one event. */
final class SessionRoutes implements PageRoutes {
  private static final int MOST_EVENTS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final DashboardData data;
  private final Pages pages;

  SessionRoutes(DashboardData data) {
    this.data = data;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages.scoped(
            "/sessions",
            "The newest sessions",
            this::sessions,
            Parameter.query("state", Schema.text(), "only sessions that stand so")),
        pages.plain(
            "/session",
            "One session",
            this::session,
            Parameter.query("id", Schema.text(), "the session").needed(),
            Parameter.query("show", Schema.text(), "which of its events"),
            Parameter.query("page", Schema.integer(), "of its events, from 1")),
        pages.plain(
            "/event",
            "One event",
            this::event,
            Parameter.query("id", Schema.text(), "the event").needed()));
  }

  private Page sessions(Request request, View view) {
    return SessionsPage.of(pages.ask(view, "sessions"), request.query("state"), view);
  }

  private Page session(Request request, View view) {
    String id = needed(request, "id");
    Long page = request.number("page", 1, 1_000_000);
    Answer summary = pages.askAll("session", id);
    if (summary.window().get("session") instanceof String whole) {
      id = whole;
    }
    ReadRequest read =
        ReadRequest.newestFirst(Filter.is(Field.SESSION_ID, id))
            .limit(MOST_EVENTS + 1L)
            .patience(PATIENCE);
    List<Event> events = data.store().read(read).finish(read);
    if (events.isEmpty()) {
      throw Problem.notFound("there is no session '" + SafeText.shortened(id, 60) + "'")
          .exception();
    }
    boolean cut = events.size() > MOST_EVENTS;
    SessionEvents session =
        new SessionEvents(
            id, events.subList(0, Math.min(MOST_EVENTS, events.size())).reversed(), cut);
    String only = id;
    AnswerRow listed =
        AnswerRow.of(pages.ask(around(session, view), "sessions")).stream()
            .filter(row -> only.equals(row.text("session")))
            .findFirst()
            .orElse(null);
    return SessionPage.of(
        session,
        summary,
        listed,
        new SessionPage.Choice(
            SessionEvents.Show.of(request.query("show")), page == null ? 0 : page.intValue()),
        view);
  }

  /** Everything that happened while a session went on, in its project: few other sessions. */
  private static View around(SessionEvents session, View view) {
    Event last = session.all().getLast();
    Scope scope =
        Scope.ALL
            .project(last.text(Field.PROJECT))
            .since(Timestamps.text(session.all().getFirst().micros()))
            .until(Timestamps.text(last.micros() + 1));
    return new View(scope, view.now(), view.dates());
  }

  private Page event(Request request, View view) {
    ReadRequest read =
        ReadRequest.newestFirst(Filter.is(Field.ID, needed(request, "id")))
            .limit(1)
            .patience(PATIENCE);
    List<Event> events = data.store().read(read).finish(read);
    if (events.isEmpty()) {
      throw Problem.notFound("there is no such event").exception();
    }
    return EventPage.of(events.getFirst(), view);
  }

  static String needed(Request request, String name) {
    String value = request.query(name);
    if (value == null) {
      throw Problem.badRequest("the parameter '" + name + "' is needed").exception();
    }
    return value;
  }
}
