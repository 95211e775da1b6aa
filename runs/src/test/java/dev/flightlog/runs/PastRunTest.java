package dev.flightlog.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.runs.files.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that somebody else logged. */
class PastRunTest {
  private static final Redactor REDACTOR = Redactor.create(RedactionKey.of(new byte[32]));
  private static final long START = 1_760_970_225_000_000L;

  @TempDir Path folder;

  private RunFolder written(boolean untimed) throws Exception {
    try (PastRun run = PastRun.begin(folder, "f", "r", START, untimed, REDACTOR)) {
      for (long step = 1; step <= 2; step++) {
        run.entry(
            START + step,
            step,
            System.Logger.Level.INFO,
            "adapter",
            "api_call",
            "ls",
            Map.of("api", "ls"));
      }
      run.step(1, START + 1, START + 1, true);
      run.step(2, START + 2, START + 61_000_000, true);
      run.end(START + 61_000_000, true);
    }
    return RunFolder.of(folder, "f", "r");
  }

  @Test
  void theDurationOfAStepWhoseEntriesHaveOneTimeIsUnknown() throws Exception {
    RunFolder run = written(false);
    assertThat(Files.readString(run.file(RunFolder.SUMMARY)))
        .contains(
            "Duration: 1m 1s\n",
            "Step 001: SUCCESS (duration: unknown, retries: 0)\n",
            "Step 002: SUCCESS (duration: 1m 0s, retries: 0)\n");
    assertThat(Files.readString(run.file(RunFolder.METRICS)))
        .contains("{\"step\":1,\"status\":\"succeeded\",\"retries\":0,")
        .contains("{\"step\":2,\"status\":\"succeeded\",\"duration_ms\":60999,");
  }

  @Test
  void whereTheSourceTellsNoTimesNoDurationIsKnown() throws Exception {
    RunFolder run = written(true);
    assertThat(Files.readString(run.file(RunFolder.SUMMARY)))
        .contains(
            "Duration: unknown\n",
            "Step 001: SUCCESS (duration: unknown, retries: 0)\n",
            "Step 002: SUCCESS (duration: unknown, retries: 0)\n");
    assertThat(Files.readString(run.file(RunFolder.METRICS))).doesNotContain("duration_ms");
  }
}
