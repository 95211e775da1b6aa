package dev.flightlog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.RunStep;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;

/** A component's logger for code that is written against SLF4J. */
class FlightlogLoggerTest {
  @TempDir Path folder;

  @Test
  void itLogsInTheStepOfTheThreadOrInTheRunItWasMadeFor() {
    Logger adapter = FlightlogLogger.of("adapter");
    RunConfig config = RunConfig.defaults().recorder(FlightRecorder.none());
    try (FlightRun other = FlightRun.open(folder, "baes", "other", config);
        FlightRun run = FlightRun.open(folder, "baes", "abc123", config);
        RunStep step = run.step(1)) {
      adapter.info("asked {} of {}", 2, step.number());
      adapter.atWarn().addKeyValue("tokens", 7).addMarker(MarkerFactory.getMarker("M")).log("slow");
      adapter.error("failed", new IllegalStateException("outer"));
      adapter.trace("not logged");
      FlightlogLogger.of(other, "adapter").debug("elsewhere");
      assertThat(Configured.lines(folder.resolve("baes/abc123/logs/step_001/adapter.log")))
          .hasSize(3)
          .anyMatch(line -> line.contains("\"message\":\"asked 2 of 1\""))
          .anyMatch(line -> line.contains("\"details\":{\"markers\":[\"M\"],\"tokens\":7}"))
          .anyMatch(line -> line.contains("IllegalStateException: outer"));
      assertThat(Configured.lines(folder.resolve("baes/other/logs/run.log")))
          .anyMatch(line -> line.contains("\"level\":\"DEBUG\"") && line.contains("elsewhere"));
    }
    adapter.info("without a run it is plain logging");
  }
}
