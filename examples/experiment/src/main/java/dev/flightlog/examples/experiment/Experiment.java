package dev.flightlog.examples.experiment;

import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.RunLogger;
import dev.flightlog.runs.RunStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Lets each framework build the same service in five steps, and logs that as runs: {@code
 * Experiment [ROOT [RUN_ID]]}.
 */
public final class Experiment {
  /** What is to be done; the last is made from a template, without a model. */
  private static final List<String> TASKS =
      List.of(
          "Plan a service that keeps notes.",
          "Write its table.",
          "Write its endpoints.",
          "Write its tests.",
          "Write its read-me from the template.");

  private static final RunLogger ADAPTER = FlightRun.logger("adapter");
  private static final RunLogger VALIDATOR = FlightRun.logger("validator");

  private final FakeModel model = new FakeModel();
  private final Path root;
  private final RunConfig config;

  /**
   * @param root of the runs; may be missing
   * @param config with whose recorder and clock they are logged
   */
  public Experiment(Path root, RunConfig config) {
    this.root = root;
    this.config = config;
  }

  /** Below the folder of the first argument, or {@code runs}. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments.length > 0 ? arguments[0] : "runs");
    new Experiment(root, RunConfig.defaults()).run(arguments.length > 1 ? arguments[1] : "run-1");
  }

  /** One run of each framework. */
  public void run(String id) throws IOException {
    for (Framework framework : Framework.values()) {
      run(framework, id);
    }
  }

  private void run(Framework framework, String id) throws IOException {
    try (FlightRun run = FlightRun.open(root, framework.wireName(), id, config)) {
      run.model(FakeModel.NAME);
      Path workspace = Files.createDirectories(run.folder().resolve("workspace"));
      for (int number = 1; number <= TASKS.size(); number++) {
        try (RunStep step = run.step(number)) {
          step(framework, number, workspace, step);
        }
      }
      run.archiveAtEnd(workspace);
    }
  }

  private void step(Framework framework, int number, Path workspace, RunStep step)
      throws IOException {
    String task = TASKS.get(number - 1);
    ADAPTER.info("asked", Map.of("task", task, "framework", framework.wireName()));
    String made =
        number == TASKS.size() ? "# Notes\n\nKeeps notes.\n" : framework.does(task, model, step);
    Path file = workspace.resolve("step-" + number + ".txt");
    Files.writeString(file, made);
    step.apiCall("GET /health", Duration.ofMillis(12));
    judge(framework, number, made, step);
  }

  /** Two things go wrong, as they do: what was flaky is tried again, what is wrong stays so. */
  private static void judge(Framework framework, int number, String made, RunStep step) {
    if (framework == Framework.CHAIN && number == 3) {
      VALIDATOR.warn("no answer within 5 s", Map.of("endpoint", "/notes"));
      step.downtime(Duration.ofSeconds(5), "no answer of /notes");
      step.retry("timeout");
    }
    if (framework == Framework.VOTE && number == 4) {
      step.humanInteraction("clarification", "which database?");
      step.fail("2 of 9 tests fail");
      return;
    }
    VALIDATOR.info("as wanted", Map.of("characters", made.length()));
  }
}
