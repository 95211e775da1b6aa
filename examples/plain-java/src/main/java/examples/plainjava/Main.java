package examples.plainjava;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.recorder.agents.LogAgentExecution;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Two agents without a framework: a planner that asks a researcher. Argument: a home. */
public final class Main {
  interface Planner {
    @LogAgentExecution("planning_agent")
    String plan(String goal);
  }

  interface Researcher {
    @LogAgentExecution("research_agent")
    CompletionStage<List<String>> research(String topic);
  }

  private Main() {}

  public static void main(String[] arguments) {
    RecorderConfig config =
        arguments.length == 0
            ? RecorderConfig.fromEnvironment()
            : RecorderConfig.at(Path.of(arguments[0]));
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      Researcher researcher =
          recorder.instrument(
              Researcher.class,
              topic -> {
                recorder.toolCall("Search").input(topic).success(true).log();
                recorder.modelCall("gpt-4o-mini").inputTokens(900).outputTokens(120).log();
                return CompletableFuture.supplyAsync(() -> List.of(topic + " dance"));
              });
      Planner planner =
          recorder.instrument(
              Planner.class,
              goal -> String.join(", ", researcher.research(goal).toCompletableFuture().join()));
      recorder.scope().workflow("workflow_123").run(() -> System.out.println(planner.plan("bees")));
    }
  }
}
