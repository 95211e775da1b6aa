package dev.flightlog.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.archive.Completion;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.record.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes: two in one run, and one that gets {@code kill -9}. */
class RunProcessTest {
  private static final RunLogger ADAPTER = FlightRun.logger("adapter");
  @TempDir Path folder;

  private Process start(String name, int entries) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            folder.toString(),
            name,
            Integer.toString(entries))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private RunFolder run() {
    return RunFolder.of(folder.resolve("runs"), "baes", "shared");
  }

  private List<String> logged() throws IOException {
    List<String> lines = new ArrayList<>();
    try (var files = Files.walk(run().logs())) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("adapter")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void twoProcessesLogInOneRunAndTheLastOneCompletesIt() throws Exception {
    Process first = start("a", 400);
    Process second = start("b", 400);
    first.getOutputStream().close();
    second.getOutputStream().close();
    first.getInputStream().readAllBytes();
    second.getInputStream().readAllBytes();
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    List<String> lines = logged();
    assertThat(lines).hasSize(800).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    for (String name : List.of("a", "b")) {
      for (int i = 0; i < 400; i++) {
        String message = "\"message\":\"" + name + " " + i + "\"";
        assertThat(lines).anyMatch(line -> line.contains(message));
      }
    }
    RunRecord record = RunLogs.read(run());
    assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(record.total().retries()).as("what both counted").isEqualTo(2);
    assertThat(run().file(RunFolder.SUMMARY)).exists();
    assertThat(Files.readString(run().file(RunFolder.METRICS))).contains("\"retries\":2");
  }

  @Test
  void aRunThatWasKilledIsIncompleteAndHasWhatWasAcknowledged() throws Exception {
    Process process = start("a", Integer.MAX_VALUE);
    int acknowledged = -1;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (acknowledged < 300) {
        acknowledged = Integer.parseInt(out.readLine());
      }
      process.destroyForcibly().waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        acknowledged = line.isEmpty() ? acknowledged : Integer.parseInt(line);
      }
    } catch (NumberFormatException | IOException e) {
      // It was killed while it told a number, and its output was closed.
    }
    List<String> lines = logged();
    for (int i = 0; i <= acknowledged; i++) {
      String message = "\"message\":\"a " + i + "\"";
      assertThat(lines).anyMatch(line -> line.contains(message));
    }
    RunRecord record = RunLogs.read(run());
    assertThat(record.status()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(record.steps().get(0).status()).isEqualTo(RunStatus.INCOMPLETE);
    assertThat(Completion.archive(run(), null).files()).isGreaterThanOrEqualTo(3);
    assertThat(Files.readString(run().file(RunFolder.SUMMARY)))
        .contains("Status: INCOMPLETE", "Completed: no", "Step 001: INCOMPLETE");
    try (RunWorld world = new RunWorld(folder)) {
      try (FlightRun again = world.open("baes", "shared");
          RunStep step = again.step(1)) {
        ADAPTER.info("goes on in " + step.number());
      }
      assertThat(RunLogs.read(run()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
  }

  /** The process: logs in the run, and tells each entry that was acknowledged. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      int entries = Integer.parseInt(arguments[2]);
      try (FlightRecorder recorder =
              FlightRecorder.open(RecorderConfig.at(folder.resolve("home")));
          FlightRun run =
              FlightRun.open(
                  folder.resolve("runs"),
                  "baes",
                  "shared",
                  RunConfig.defaults().recorder(recorder).fileBytes(20_000));
          RunStep step = run.step(1)) {
        if (entries < Integer.MAX_VALUE) {
          step.retry("counted");
        }
        for (int i = 0; i < entries; i++) {
          ADAPTER.info(arguments[1] + " " + i);
          System.out.println(i);
          System.out.flush();
        }
        // Both have it open at once: it ends when its standard input does.
        System.in.readAllBytes();
      }
    }
  }
}
