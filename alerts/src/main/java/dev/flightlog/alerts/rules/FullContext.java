package dev.flightlog.alerts.rules;

import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;

/** The context window of an agent that works is fuller than it may be. */
public final class FullContext implements Rule {
  private static final long QUIET = 30 * Moment.MINUTE;

  private final SessionWatch watch;

  /**
   * @param watch is kept up to date by who looks
   */
  public FullContext(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public String name() {
    return "context";
  }

  @Override
  public List<Condition> look(Moment moment) {
    List<Condition> found = new ArrayList<>();
    int limit = moment.limits().contextPercent();
    for (SessionWatch.Agent agent : watch.agents()) {
      boolean works = moment.now() - agent.last < QUIET;
      if (limit > 0 && works && agent.context >= limit) {
        found.add(
            new Condition(
                name(),
                agent.session + (agent.name.isEmpty() ? "" : " " + agent.name),
                Severity.WARNING,
                "the context of a session is " + Units.percent(agent.context) + " full",
                Sessions.named(agent.session, agent.name)
                    + ": soon it will be compacted, and details will be lost; what fills it:"
                    + " flightlog ask context"));
      }
    }
    return found;
  }
}
