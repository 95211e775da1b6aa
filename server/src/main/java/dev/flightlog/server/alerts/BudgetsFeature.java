package dev.flightlog.server.alerts;

import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.alerts.budget.BudgetBook;
import dev.flightlog.alerts.budget.BudgetException;
import dev.flightlog.alerts.budget.Standing;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/budgets}: what is spent of each budget; {@code POST} sets one, {@code DELETE}
 * takes one out.
 */
public final class BudgetsFeature implements Feature {
  private static final Schema PERIOD = Schema.oneOf(List.of("day", "week", "month"));
  private static final Schema STANDING =
      Schema.object()
          .always("project", Schema.text().orNull())
          .always("period", PERIOD)
          .always("from", Schema.time())
          .always("until", Schema.time())
          .always("usd", Schema.number().orNull())
          .always("spent_usd", Schema.number().orNull())
          .always("left_usd", Schema.number().orNull())
          .always("pace_usd", Schema.number().orNull())
          .always("tokens", Schema.integer().orNull())
          .always("spent_tokens", Schema.integer())
          .always("left_tokens", Schema.integer().orNull())
          .always("pace_tokens", Schema.integer().orNull())
          .always("share", Schema.number().meaning("1 is all of it"))
          .always("calls", Schema.integer())
          .always("unpriced_calls", Schema.integer().meaning("not counted in dollars"))
          .always("exceeded", Schema.bool())
          .always("pace_exceeds", Schema.bool());
  private static final Schema BUDGET =
      Schema.object()
          .property("project", Schema.text().meaning("without it, all work"))
          .always("period", PERIOD)
          .property("usd", Schema.number())
          .property("tokens", Schema.integer());

  private final BudgetBook book;
  private final Function<List<Budget>, List<Standing>> standings;

  /**
   * @param standings how these budgets stand now; called by many threads
   */
  public BudgetsFeature(BudgetBook book, Function<List<Budget>, List<Standing>> standings) {
    this.book = book;
    this.standings = standings;
  }

  @Override
  public String name() {
    return "budgets";
  }

  @Override
  public List<Route> routes() {
    Reply all =
        Reply.json(
            200,
            Schema.object()
                .always("ok", Schema.bool().meaning("none is exceeded"))
                .always("budgets", Schema.listOf(STANDING)),
            "How each budget stands.");
    return List.of(
        Route.get("/api/budgets", "What is spent of each budget", request -> answer()).answers(all),
        Route.post("/api/budgets", "Set a budget", this::set)
            .describe("In the place of the one of the same project and period.")
            .takes(Payload.of(BUDGET, "application/json"))
            .answers(all),
        Route.of(
                dev.flightlog.server.web.Method.DELETE,
                "/api/budgets/{period}",
                "Take a budget out",
                this::remove)
            .with(
                Parameter.path("period", PERIOD, "of the budget"),
                Parameter.query("project", Schema.text(), "of the budget"))
            .answers(all, Reply.problem(404, "There is no such budget.")));
  }

  @Override
  public List<MetricFamily> metrics() {
    MetricFamily spent = MetricFamily.gauge("flightlog_budget_spent_ratio", "Share that is spent.");
    for (Standing each : standings.apply(book.all())) {
      String project = each.budget().project();
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("project", project == null ? "" : project);
      labels.put("period", Budget.word(each.budget().period()));
      spent = spent.value(labels, each.share());
    }
    return List.of(spent);
  }

  private Response answer() {
    try {
      List<Standing> now = standings.apply(book.all());
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("ok", now.stream().noneMatch(Standing::isExceeded));
      answer.put("budgets", now.stream().map(Standing::values).toList());
      return Response.value(200, answer);
    } catch (BudgetException e) {
      throw Problem.of(500, String.valueOf(e.getMessage())).exception();
    }
  }

  private Response set(Request request) {
    Budget budget;
    try {
      JsonReader reader = new JsonReader().reset(request.body(), 0, request.body().length);
      Object value = reader.value();
      reader.finish();
      budget = BudgetBook.budget(value);
    } catch (JsonException | NumberFormatException | BudgetException e) {
      throw Problem.badRequest("the budget: " + e.getMessage()).exception();
    }
    synchronized (book) {
      book.set(budget);
    }
    return answer();
  }

  private Response remove(Request request) {
    String word = request.pathParameter("period");
    synchronized (book) {
      boolean gone =
          Budget.period(word)
              .map(period -> book.remove(request.query("project"), period))
              .orElse(false);
      if (!gone) {
        throw Problem.notFound("there is no such budget").exception();
      }
    }
    return answer();
  }
}
