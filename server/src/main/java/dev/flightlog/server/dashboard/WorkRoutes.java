package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.Scope;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.pages.AgentsPage;
import dev.flightlog.dashboard.pages.PatternsPage;
import dev.flightlog.dashboard.pages.RemediesPage;
import dev.flightlog.dashboard.pages.StoriesPage;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How work goes: agents, projects and stories, patterns and remedies. */
final class WorkRoutes implements PageRoutes {
  /** Of so many projects it is drawn how their cost went. */
  private static final int DRAWN = 10;

  private final Pages pages;

  WorkRoutes(DashboardData data) {
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages.scoped("/agents", "Agents and tools", this::agents),
        pages.scoped(
            "/stories",
            "Projects and stories",
            this::stories,
            Parameter.query("a", Schema.text(), "a story to compare"),
            Parameter.query("b", Schema.text(), "the story beside it")),
        pages.scoped(
            "/patterns",
            "What recurs",
            this::patterns,
            Parameter.query("kind", Schema.text(), "only patterns of this kind")),
        pages.scoped(
            "/remedies",
            "What made an error work afterwards",
            this::remedies,
            Parameter.query("error", Schema.text(), "its class, type or message").needed()));
  }

  private Page agents(Request request, View view) {
    return AgentsPage.of(
        pages.ask(view, "agents"),
        pages.ask(view, "tools"),
        pages.ask(view, "context"),
        pages.ask(view, "confidence"),
        view);
  }

  private Page stories(Request request, View view) {
    Answer projects = pages.ask(view, "cost", "project");
    return StoriesPage.of(
        projects,
        pages.ask(view, "cost", "story"),
        comparison(request.query("a"), request.query("b"), view),
        days(projects, view),
        view);
  }

  /** The last four weeks of the dearest projects. */
  private Map<String, Answer> days(Answer projects, View view) {
    Map<String, Answer> days = new LinkedHashMap<>();
    for (AnswerRow row : AnswerRow.of(projects)) {
      String project = row.text("name");
      if (project != null && days.size() < DRAWN && row.real("cost_usd") != null) {
        Scope own = view.scope().project(project);
        Scope since = own.since() == null ? own.since("4w") : own;
        days.put(project, pages.ask(new View(since, view.now(), view.dates()), "activity", "day"));
      }
    }
    return days;
  }

  private StoriesPage.Comparison comparison(@Nullable String a, @Nullable String b, View view) {
    if (a == null || b == null) {
      return new StoriesPage.Comparison(a, b, null, null);
    }
    try {
      View stories = new View(view.scope().story(null), view.now(), view.dates());
      return new StoriesPage.Comparison(a, b, pages.ask(stories, "compare", a, b), null);
    } catch (QuestionException e) {
      return new StoriesPage.Comparison(a, b, null, e.getMessage());
    }
  }

  private Page patterns(Request request, View view) {
    String kind = request.query("kind");
    return PatternsPage.of(
        pages.ask(view, "errors"),
        kind == null ? pages.ask(view, "patterns") : pages.ask(view, "patterns", kind),
        pages.ask(view, "interactions"),
        kind,
        view);
  }

  private Page remedies(Request request, View view) {
    String error = SessionRoutes.needed(request, "error");
    return RemediesPage.of(error, pages.ask(view, "remedies", error), view);
  }
}
