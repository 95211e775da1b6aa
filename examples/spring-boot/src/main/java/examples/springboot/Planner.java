package examples.springboot;

import dev.flightlog.recorder.agents.LogAgentExecution;
import org.springframework.stereotype.Component;

/** Asks the researcher. */
@Component
public class Planner {
  private final Researcher researcher;

  Planner(Researcher researcher) {
    this.researcher = researcher;
  }

  /** What to do about it. */
  @LogAgentExecution("planning_agent")
  public String plan(String goal) {
    return researcher.research(goal).join();
  }
}
