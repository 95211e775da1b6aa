package dev.flightlog.examples.experiment;

import dev.flightlog.runs.RunStep;
import java.util.List;

/** How agents go about a task: what the experiment compares. */
public enum Framework {
  /** One agent does everything. */
  SINGLE("single", List.of("You are a developer.")),
  /** Three agents, each with what the one before it said. */
  CHAIN("chain", List.of("You plan.", "You write what was planned.", "You review it.")),
  /** Two agents for themselves, and one that decides. */
  VOTE("vote", List.of("You are careful.", "You are quick.", "Decide which answer is better."));

  private final String wireName;
  private final List<String> agents;

  Framework(String wireName, List<String> agents) {
    this.wireName = wireName;
    this.agents = agents;
  }

  /** As the folders of its runs are named. */
  public String wireName() {
    return wireName;
  }

  /** Does a task within a step, which counts each request to the model. */
  String does(String task, FakeModel model, RunStep step) {
    String said = "";
    for (String agent : agents) {
      FakeModel.Reply reply = model.complete(agent + "\n" + task + "\n" + said);
      step.modelCall(reply.usage());
      said = this == VOTE ? said + reply.text() : reply.text();
    }
    return said;
  }
}
