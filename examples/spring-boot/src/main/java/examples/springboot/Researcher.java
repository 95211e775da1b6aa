package examples.springboot;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.LogAgentExecution;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Looks things up. */
@Component
public class Researcher {
  private final FlightRecorder recorder;

  Researcher(FlightRecorder recorder) {
    this.recorder = recorder;
  }

  /** What is known of it, later. */
  @LogAgentExecution("research_agent")
  public CompletableFuture<String> research(String topic) {
    recorder.toolCall("Search").input(topic).success(true).log();
    return CompletableFuture.supplyAsync(() -> topic + " dance");
  }
}
