package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.pages.NowPage;
import dev.flightlog.dashboard.pages.OverviewPage;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Route;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.tasks.index.TaskQuery;
import java.util.List;
import java.util.Set;

/** What is going on, and how the last days went. */
final class NowRoutes implements PageRoutes {
  private static final int MOST_TASKS = 12;

  private final DashboardData data;
  private final TaskActions tasks;
  private final Pages pages;

  NowRoutes(DashboardData data, TaskActions tasks) {
    this.data = data;
    this.tasks = tasks;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages.scoped("/", "Who waits for a person, what runs", this::now),
        pages.scoped("/overview", "How the last days went", this::overview));
  }

  private Page now(Request request, View view) {
    Answer now = pages.ask(view, "now");
    // What was recorded until now was taken in for that answer.
    tasks.index().catchUp(data.store());
    List<IndexedTask> open =
        tasks
            .index()
            .search(
                TaskQuery.all()
                    .statuses(Set.of(TaskStatus.RUNNING, TaskStatus.QUEUED, TaskStatus.PARKED))
                    .agent(view.scope().agent())
                    .limit(MOST_TASKS))
            .tasks();
    return NowPage.of(now, pages.ask(view, "spend"), pages.ask(view, "quota"), open, view);
  }

  private Page overview(Request request, View view) {
    return OverviewPage.of(
        pages.ask(view, "overview"),
        pages.ask(view, "activity", "hour"),
        pages.ask(view, "activity", "day"),
        pages.ask(view, "errors"),
        pages.ask(view, "bottlenecks"),
        view);
  }
}
