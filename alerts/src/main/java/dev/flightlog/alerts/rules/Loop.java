package dev.flightlog.alerts.rules;

import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent calls one tool with one input again and again: so many of its last twice as many calls
 * are the same, and the last of them a moment ago.
 */
public final class Loop implements Rule {
  private static final long RECENT = 15 * Moment.MINUTE;

  private final SessionWatch watch;

  /**
   * @param watch is kept up to date by who looks
   */
  public Loop(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public List<Condition> look(Moment moment) {
    List<Condition> found = new ArrayList<>();
    int limit = Math.min(moment.limits().repeatedCalls(), 32);
    for (SessionWatch.Agent agent : watch.agents()) {
      if (limit > 1 && moment.now() - agent.last < RECENT) {
        look(agent, limit, found);
      }
    }
    return found;
  }

  private void look(SessionWatch.Agent agent, int limit, List<Condition> found) {
    Map<String, Integer> counts = new HashMap<>();
    for (SessionWatch.Call call : agent.newest(2 * limit)) {
      int count = counts.merge(call.tool() + " " + call.input(), 1, Integer::sum);
      if (count == limit) {
        found.add(
            new Condition(
                name(),
                agent.session + (agent.name.isEmpty() ? "" : " " + agent.name),
                Severity.WARNING,
                "an agent repeats itself",
                Sessions.named(agent.session, agent.name)
                    + " called "
                    + Texts.line(call.tool(), 40)
                    + " with the same input in "
                    + Units.count(limit)
                    + " of its last "
                    + Units.count(2L * limit, "call")));
        return;
      }
    }
  }
}
