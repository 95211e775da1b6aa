package dev.flightlog.alerts.rules;

import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.alerts.budget.Standing;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A budget is exceeded, nearly spent, or will be exceeded at the pace of its period; or an hour
 * costs more than it may. Reads sums.
 */
public final class Spending implements Rule {
  private final Supplier<List<Budget>> budgets;

  /**
   * @param budgets as they are now
   */
  public Spending(Supplier<List<Budget>> budgets) {
    this.budgets = budgets;
  }

  @Override
  public String name() {
    return "budget";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public List<Condition> look(Moment moment) {
    List<Condition> found = new ArrayList<>();
    for (Standing each :
        Standing.of(
            budgets.get(), moment.store(), moment.pricing(), moment.dates(), moment.now())) {
      String how = how(each, moment.limits().budgetPercent());
      if (!how.isEmpty()) {
        found.add(condition(each, how));
      }
    }
    if (moment.limits().costHourUsd() > 0) {
      hour(moment, found);
    }
    return found;
  }

  /** What is to be told of a budget; empty when nothing is. */
  private static String how(Standing standing, int percent) {
    if (standing.isExceeded()) {
      return "is exceeded";
    } else if (percent > 0 && standing.share() * 100 >= percent) {
      return "is nearly spent";
    }
    return standing.paceExceeds() ? "will be exceeded at this pace" : "";
  }

  private static Condition condition(Standing standing, String how) {
    String project = standing.budget().project();
    String word = Budget.word(standing.budget().period());
    String unpriced =
        standing.spent().unpriced() == 0
            ? ""
            : "; " + Units.count(standing.spent().unpriced(), "call") + " of unknown price besides";
    return new Condition(
        "budget",
        word + (project == null ? "" : " " + project),
        standing.isExceeded() ? Severity.CRITICAL : Severity.WARNING,
        "the budget of the "
            + word
            + (project == null ? "" : " of " + SafeText.shortened(project, 60))
            + " "
            + how,
        standing.words() + unpriced + "; on what: flightlog ask cost day");
  }

  private static void hour(Moment moment, List<Condition> found) {
    double limit = moment.limits().costHourUsd();
    Filter hour = new Filter.Time(moment.now() - Moment.HOUR, Long.MAX_VALUE);
    Double cost = ModelUse.of(moment.store(), hour, moment.pricing()).cost();
    if (cost != null && cost > limit) {
      found.add(
          new Condition(
              "budget",
              "hour",
              Severity.WARNING,
              "the last hour cost more than it may",
              Units.dollars(cost)
                  + " of "
                  + Units.dollars(limit)
                  + " (alerts.cost_hour_usd); on what: flightlog ask cost agent --since 1h"));
    }
  }

  /** What the model calls of a session cost, as far as it is known. */
  public static double ofSession(Moment moment, String session) {
    Double cost =
        ModelUse.of(moment.store(), Filter.is(Field.SESSION_ID, session), moment.pricing()).cost();
    return cost == null ? 0 : cost;
  }
}
