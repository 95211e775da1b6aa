package examples.springai;

import org.springframework.ai.tool.annotation.Tool;

/** A tool of the agent. */
public class Encyclopedia {
  /** What is known of a topic. */
  @Tool(description = "looks a topic up")
  public String lookUp(String topic) {
    return topic + " fly";
  }
}
