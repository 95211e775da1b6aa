package dev.flightlog.alerts.guard;

import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.alerts.budget.Standing;
import dev.flightlog.alerts.rules.Moment;
import dev.flightlog.alerts.rules.SessionWatch;
import dev.flightlog.alerts.rules.Spending;
import dev.flightlog.event.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Refuses tool calls while a budget is exceeded, or to a session that cost more than a session may.
 * Costs are looked up for sessions of which something arrived, and only where there is a limit.
 */
public final class SpendingGuard implements BiConsumer<Moment, Set<String>> {
  private static final long EVERY = 30_000_000L;

  /**
   * What is refused.
   *
   * @param stops whether exceeded budgets refuse
   * @param sessionUsd what a session may cost; 0 for any amount
   */
  public record Policy(boolean stops, double sessionUsd) {}

  private final GuardFiles files;
  private final Supplier<Policy> policy;
  private final Supplier<List<Budget>> budgets;
  private final SessionWatch watch;
  private List<Standing> exceeded = List.of();
  private long lookedAt = Long.MIN_VALUE;

  /**
   * @param watch knows the projects of sessions
   */
  public SpendingGuard(
      GuardFiles files,
      Supplier<Policy> policy,
      Supplier<List<Budget>> budgets,
      SessionWatch watch) {
    this.files = files;
    this.policy = policy;
    this.budgets = budgets;
    this.watch = watch;
  }

  @Override
  public void accept(Moment moment, Set<String> changed) {
    Policy now = policy.get();
    try {
      Set<String> holds = new TreeSet<>();
      if (now.sessionUsd() > 0) {
        sessions(moment, changed, now.sessionUsd(), holds);
      }
      if (now.stops()) {
        budgets(moment, holds);
      } else {
        exceeded = List.of();
        lookedAt = Long.MIN_VALUE;
      }
      lift(moment, now, holds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sessions(Moment moment, Set<String> changed, double limit, Set<String> holds)
      throws IOException {
    for (String session : changed) {
      double cost = GuardFiles.canName(session) ? Spending.ofSession(moment, session) : 0;
      if (cost > limit) {
        holds.add(session);
        String reason =
            String.format(
                Locale.ROOT,
                "Flightlog: this session cost %.2f US dollars, and may cost %.2f"
                    + " (budget.session_usd). To go on: flightlog budget allow %s",
                cost,
                limit,
                session);
        files.stopByBudget(session, reason, at(moment));
      }
    }
  }

  private void budgets(Moment moment, Set<String> holds) throws IOException {
    if (lookedAt == Long.MIN_VALUE || moment.now() - lookedAt >= EVERY) {
      lookedAt = moment.now();
      List<Standing> standings =
          new ArrayList<>(
              Standing.of(
                  budgets.get(), moment.store(), moment.pricing(), moment.dates(), moment.now()));
      standings.removeIf(standing -> !standing.isExceeded());
      exceeded = standings;
    }
    for (Standing standing : exceeded) {
      String project = standing.budget().project();
      if (project == null) {
        holds.add(GuardFiles.ALL);
        files.stopByBudget(null, reason(standing, ""), at(moment));
        continue;
      }
      for (String session : watch.sessionsOf(project)) {
        if (GuardFiles.canName(session)) {
          holds.add(session);
          files.stopByBudget(session, reason(standing, " " + session), at(moment));
        }
      }
    }
  }

  private static String reason(Standing standing, String session) {
    return "Flightlog: "
        + standing.words().replace("$", "US dollars ")
        + ", is exceeded (budget.guard is stop). To go on: flightlog budget allow"
        + session;
  }

  /** What a budget made goes when it is kept again, or nobody wants it any more. */
  private void lift(Moment moment, Policy now, Set<String> holds) throws IOException {
    for (Map.Entry<String, GuardFiles.Refusal> each : files.all().entrySet()) {
      String name = each.getKey();
      if (!each.getValue().automatic() || holds.contains(name)) {
        continue;
      }
      boolean tooDear =
          now.sessionUsd() > 0
              && !name.equals(GuardFiles.ALL)
              && Spending.ofSession(moment, name) > now.sessionUsd();
      if (!tooDear) {
        files.allowByBudget(name);
      }
    }
  }

  private static Instant at(Moment moment) {
    return Timestamps.instant(moment.now());
  }
}
