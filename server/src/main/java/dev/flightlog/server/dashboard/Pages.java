package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Frame;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.event.Timestamps;
import dev.flightlog.server.web.Handler;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ProblemException;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** From a request to a page, and from a page to a response. */
final class Pages {
  /** The request of a page that is shown already, which wants only what can change. */
  private static final String FRAGMENT = "Flightlog-Fragment";

  /**
   * Only what is ours: no script and no style in the page itself, no other host, no frame. A form
   * goes nowhere else either.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** A page of a large home on a busy machine is worth waiting for. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final List<Parameter> SCOPE =
      List.of(
          Parameter.query("project", Schema.text(), "only of this project"),
          Parameter.query("story", Schema.text(), "only of this story"),
          Parameter.query("agent", Schema.text(), "only of this agent"),
          Parameter.query("since", Schema.text(), "from then on"),
          Parameter.query("until", Schema.text(), "before then"));

  /** Answers the questions of the page that is made, all of one moment. */
  private static final ScopedValue<Function<QuestionCall, Answer>> VISIT =
      ScopedValue.newInstance();

  private final DashboardData data;

  Pages(DashboardData data) {
    this.data = data;
  }

  /** Makes a page from a request, seen so. */
  interface Maker {
    /**
     * Throws what {@link Handler} may throw, and {@link QuestionException} for what cannot be
     * asked.
     */
    Page page(Request request, View view) throws Exception;
  }

  /** A page that takes what narrows all of them, and more. */
  Route scoped(String path, String summary, Maker maker, Parameter... more) {
    return plain(path, summary, maker, more).with(SCOPE.toArray(Parameter[]::new));
  }

  /** A page with parameters of its own only. */
  Route plain(String path, String summary, Maker maker, Parameter... parameters) {
    return Route.get(path, summary, request -> answer(request, maker))
        .with(parameters)
        .limits(Limits.DEFAULT.time(LONGEST))
        .with(Parameter.header(FRAGMENT, Schema.text(), "'main' for what can change of the page"))
        .answers(
            Reply.of(200, "text/html", Schema.text(), "A page for people."),
            Reply.of(404, "text/html", Schema.text(), "There is no such thing."));
  }

  private Response answer(Request request, Maker maker) throws Exception {
    View view = view(request);
    try {
      return ScopedValue.where(VISIT, data.visit().get())
          .call(() -> response(200, maker.page(request, view), view, request));
    } catch (NotFoundException e) {
      return wrong(404, "Not found", String.valueOf(e.getMessage()), request);
    } catch (QuestionException e) {
      return wrong(400, "This cannot be asked", String.valueOf(e.getMessage()), request);
    } catch (ProblemException e) {
      Problem problem = e.problem();
      return wrong(problem.status(), problem.title(), problem.detail(), request);
    }
  }

  private Response wrong(int status, String title, String detail, Request request) {
    View all = new View(Scope.ALL, now(), dates());
    Page page =
        Page.below(
            PageName.SESSIONS,
            title,
            dev.flightlog.dashboard.html.Html.NONE,
            Section.of("wrong", "What is wrong", Empty.because(detail)));
    return response(status, page, all, request);
  }

  private static Response response(int status, Page page, View view, Request request) {
    String html =
        "main".equals(request.header(FRAGMENT))
            ? Frame.fragment(page, view)
            : Frame.document(page, view);
    return Response.of(status, "text/html; charset=utf-8", html)
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "same-origin")
        .header("Vary", FRAGMENT);
  }

  private View view(Request request) {
    Scope scope =
        new Scope(
            request.query("project"),
            request.query("story"),
            request.query("agent"),
            request.query("since"),
            request.query("until"));
    return new View(scope, now(), dates());
  }

  private long now() {
    return Timestamps.of(data.clock().instant());
  }

  Dates dates() {
    return new Dates(data.clock().getZone());
  }

  /** Asks a question about what the reader sees, while a page is made for them. */
  Answer ask(View view, String question, String... arguments) {
    return VISIT
        .get()
        .apply(
            new QuestionCall(
                Questions.named(question).name(),
                List.of(arguments),
                view.scope().narrowing(),
                dev.flightlog.analysis.arguments.EventFilter.NONE,
                Reader.HTTP));
  }

  /** Asks a question about everything. */
  Answer askAll(String question, String... arguments) {
    return ask(new View(Scope.ALL, now(), dates()), question, arguments);
  }
}
