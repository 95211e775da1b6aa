package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.generated.ToolCall;
import java.util.Map;

/**
 * One call among many: 200 sessions, 40 agents and 500 stories in turn, as a program has them that
 * serves many people.
 *
 * @param details what the program hands over as details, the story among them
 */
record Among(Contender.Attribution who, String story, Map<String, Object> details) {
  private static final int SESSIONS = 200;
  private static final int AGENTS = 40;
  private static final int STORIES = 500;

  /** For each call, who acts; whoever is called in turn meets all of them. */
  static Among[] of(ToolCall[] calls) {
    Among[] all = new Among[calls.length];
    for (int i = 0; i < calls.length; i++) {
      String story = "story_" + i % STORIES;
      Contender.Attribution who =
          new Contender.Attribution(
              "20250923_141" + i % SESSIONS, "workflow_" + i % SESSIONS, "agent_" + i % AGENTS);
      all[i] = new Among(who, story, Map.of("story", story, "input", calls[i].input()));
    }
    return all;
  }
}
