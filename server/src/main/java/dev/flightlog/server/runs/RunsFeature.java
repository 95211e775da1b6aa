package dev.flightlog.server.runs;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.event.Timestamps;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/runs} lists the runs of experiments as their events tell them, {@code GET
 * /api/runs/{framework}/{run}} tells one with its steps.
 */
public final class RunsFeature implements Feature {
  /** Stands for the framework of runs that name none. */
  private static final String NO_FRAMEWORK = "-";

  private static final Schema ROW =
      Schema.object()
          .always("run_id", Schema.text())
          .always("framework", Schema.text())
          .always("model", Schema.text().orNull())
          .always("status", Schema.oneOf(List.of("succeeded", "failed", "running", "incomplete")))
          .always("started_at", Schema.time())
          .always("ended_at", Schema.time().orNull())
          .always("steps", Schema.integer());

  private final Function<QuestionCall, Answer> asker;

  /**
   * @param asker answers from fresh events; called by many threads
   */
  public RunsFeature(Function<QuestionCall, Answer> asker) {
    this.asker = asker;
  }

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/runs", "List runs of experiments", this::list)
            .with(
                Parameter.query("framework", Schema.text(), "only of this framework"),
                Parameter.query("status", Schema.text(), "only of this status"),
                Parameter.query(
                    "since", Schema.text(), "with events from then on, as in questions"))
            .answers(Reply.json(200, Schema.listOf(ROW), "The last begun first.")),
        Route.get("/api/runs/{framework}/{run}", "One run with its steps", this::one)
            .with(
                Parameter.path("framework", Schema.text(), "'-' for a run that names none"),
                Parameter.path("run", Schema.text(), "its id"))
            .answers(
                Reply.json(
                    200,
                    Schema.object().always("steps_of_run", Schema.listOf(Schema.object())),
                    "As a row of the list, with what was counted, in all and step by step."),
                Reply.problem(404, "There is no such run.")));
  }

  private Response list(Request request) {
    String framework = request.query("framework");
    String status = request.query("status");
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (AnswerRow row : ask(request.query("since"), "run")) {
      if ((framework == null || framework.equals(row.text("framework")))
          && (status == null || status.equals(row.text("status")))) {
        rows.add(row(row));
      }
    }
    return Response.value(200, rows);
  }

  private Response one(Request request) {
    String framework = request.pathParameter("framework");
    String id = request.pathParameter("run");
    String name = framework.equals(NO_FRAMEWORK) ? id : framework + "/" + id;
    AnswerRow run =
        ask(null, "run", name).stream()
            .filter(row -> id.equals(row.text("run")))
            .filter(row ->
                row.textOrEmpty("framework")
                    .equals(framework.equals(NO_FRAMEWORK) ? "" : framework))
            .findFirst()
            .orElseThrow(() ->
                Problem.notFound("there is no such run; GET /api/runs lists them").exception());
    Map<String, @Nullable Object> json = row(run);
    json.putAll(counted(run));
    List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    for (AnswerRow row : ask(null, "step", name)) {
      Map<String, @Nullable Object> step = new LinkedHashMap<>();
      step.put("step", row.whole("step"));
      step.put("status", row.text("status"));
      step.putAll(counted(row));
      steps.add(step);
    }
    json.put("steps_of_run", steps);
    return Response.value(200, json);
  }

  private List<AnswerRow> ask(@Nullable String since, String... arguments) {
    try {
      return AnswerRow.of(
          asker.apply(
              new QuestionCall(
                  "runs",
                  List.of(arguments),
                  Narrowing.NONE.since(since),
                  EventFilter.NONE,
                  Reader.HTTP)));
    } catch (NotFoundException e) {
      throw Problem.notFound(String.valueOf(e.getMessage())).exception();
    } catch (QuestionException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
    }
  }

  private static Map<String, @Nullable Object> row(AnswerRow row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("run_id", row.text("run"));
    json.put("framework", row.text("framework"));
    json.put("model", row.text("model"));
    json.put("status", row.text("status"));
    json.put("started_at", time(row.time("started")));
    json.put("ended_at", time(row.time("ended")));
    json.put("steps", row.whole("steps"));
    return json;
  }

  private static @Nullable String time(@Nullable Long micros) {
    return micros == null ? null : Timestamps.text(micros);
  }

  private static Map<String, @Nullable Object> counted(AnswerRow row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("duration_ms", row.real("avg_ms") == null ? null : row.whole("duration_ms"));
    json.put("retries", row.whole("retries"));
    json.put("errors", row.whole("errors"));
    json.put("warnings", row.whole("warnings"));
    json.put("model_calls", row.whole("model_calls"));
    json.put("input_tokens", row.whole("input_tokens"));
    json.put("output_tokens", row.whole("output_tokens"));
    json.put("tokens_used", row.whole("tokens_used"));
    json.put("cost_usd", row.real("cost_usd"));
    json.put("unpriced_calls", row.whole("unpriced_calls"));
    return json;
  }
}
