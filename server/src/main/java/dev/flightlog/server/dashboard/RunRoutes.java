package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.runs.RunPage;
import dev.flightlog.dashboard.runs.RunsPage;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs of experiments, and one of them. */
final class RunRoutes implements PageRoutes {
  private static final int MOST_ENTRIES = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** What stands for what happened outside of steps. */
  private static final String NONE = "none";

  private static final Attribute FRAMEWORK = Attribute.detail("framework");
  private static final Attribute STEP = Attribute.of(Field.STEP);

  private final DashboardData data;
  private final Pages pages;

  RunRoutes(DashboardData data) {
    this.data = data;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages.scoped("/runs", "Runs of experiments", this::runs),
        pages.plain(
            "/run",
            "One run",
            this::run,
            Parameter.query("id", Schema.text(), "the run").needed(),
            Parameter.query("framework", Schema.text(), "its framework"),
            Parameter.query("step", Schema.text(), "whose logs are shown; 'none' outside of any")));
  }

  private Page runs(Request request, View view) {
    return RunsPage.of(
        pages.ask(view, "runs", "framework"),
        pages.ask(view, "runs", "step"),
        pages.ask(view, "runs", "run"),
        view);
  }

  private Page run(Request request, View view) {
    String id = SessionRoutes.needed(request, "id");
    String framework = request.query("framework");
    String name = framework == null ? id : framework + "/" + id;
    AnswerRow run =
        AnswerRow.of(pages.askAll("runs", "run", name)).stream()
            .filter(row -> id.equals(row.text("run")))
            .filter(row -> framework == null || framework.equals(row.text("framework")))
            .findFirst()
            .orElseThrow(() ->
                Problem.notFound("there is no run '" + SafeText.shortened(name, 60) + "'")
                    .exception());
    String whole = run.textOrEmpty("framework");
    Answer steps = pages.askAll("runs", "step", whole.isEmpty() ? id : whole + "/" + id);
    return RunPage.of(run, steps, log(id, whole, step(request, steps)), view);
  }

  private static @Nullable Long step(Request request, Answer steps) {
    String asked = request.query("step");
    if (asked == null) {
      return RunPage.wanted(steps);
    }
    return asked.equals(NONE) ? null : request.number("step", 0, Long.MAX_VALUE);
  }

  private RunPage.Log log(String run, String framework, @Nullable Long step) {
    Filter named =
        framework.isEmpty()
            ? Filter.EVERYTHING
            : Filter.or(Filter.is(FRAMEWORK, framework), Filter.absent(FRAMEWORK));
    Filter of = step == null ? Filter.absent(STEP) : new Filter.Between(STEP, step, step + 1.0);
    ReadRequest read =
        ReadRequest.oldestFirst(Filter.and(Filter.is(Field.RUN_ID, run), named, of))
            .limit(MOST_ENTRIES + 1L)
            .patience(PATIENCE);
    List<Event> entries = data.store().read(read).finish(read);
    boolean cut = entries.size() > MOST_ENTRIES;
    return new RunPage.Log(step, cut ? entries.subList(0, MOST_ENTRIES) : entries, cut);
  }
}
