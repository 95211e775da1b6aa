package dev.flightlog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that log in runs through the appender, and are killed, or have no room. */
class HostTest {
  @TempDir Path folder;

  private RunFolder run() {
    return RunFolder.of(folder.resolve("runs"), "baes", "shared");
  }

  private List<String> logged() {
    return Configured.lines(run().step(1).resolve("Worker.log"));
  }

  private Process start(String name, int entries) throws IOException {
    return new ProcessBuilder(Host.command(folder, name, entries))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void whatWasLoggedSurvivesKillMinusNineAsALineAndAsAnEvent() throws Exception {
    Process process = start("a", Integer.MAX_VALUE);
    int acknowledged = -1;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (acknowledged < 500) {
        acknowledged = Integer.parseInt(out.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    List<String> lines = logged();
    for (int i = 0; i <= acknowledged; i++) {
      assertThat(lines.get(i)).contains("\"message\":\"a " + i + "\"").endsWith("}");
    }
    assertThat(RunLogs.read(run()).status()).isEqualTo(RunStatus.INCOMPLETE);
    Path home = folder.resolve("home");
    FlightRecorder.open(RecorderConfig.at(home)).close();
    try (Stream<Path> files = Files.list(home)) {
      List<String> events =
          files
              .filter(file -> file.toString().endsWith(".jsonl"))
              .flatMap(file -> Configured.lines(file).stream())
              .filter(line -> line.contains("\"component\":\"Worker\""))
              .toList();
      assertThat(events).hasSizeGreaterThan(acknowledged);
      assertThat(events.get(acknowledged)).contains("\"message\":\"a " + acknowledged + "\"");
    }
  }

  @Test
  void twoProcessesLogInOneRun() throws Exception {
    Process first = start("a", 200);
    Process second = start("b", 200);
    for (Process each : List.of(first, second)) {
      each.getOutputStream().close();
      each.getInputStream().readAllBytes();
      assertThat(each.waitFor()).isZero();
    }
    assertThat(logged())
        .hasSize(400)
        .allMatch(line -> line.startsWith("{\"timestamp\"") && line.endsWith("}"));
    assertThat(RunLogs.read(run()).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run().file(RunFolder.SUMMARY)).exists();
  }

  /** On a file system of one megabyte, where a user may mount one (Linux with namespaces). */
  @Test
  void aFullDiskInAStepCostsLinesAndNeverTheHost() throws Exception {
    String mount = "mount -t tmpfs -o size=1m flightlog-test \"$0\"";
    Path runs = Files.createDirectories(folder.resolve("runs"));
    Process probe = null;
    try {
      probe = new ProcessBuilder("unshare", "-rm", "sh", "-c", mount, runs.toString()).start();
    } catch (IOException e) {
      // There is no such command.
    }
    if (probe == null || probe.waitFor() != 0) {
      System.out.println("NOT TESTED: a full disk in a step, unshare -rm is not allowed here");
      return;
    }
    StringBuilder program = new StringBuilder();
    Host.command(folder, "a", 6000).forEach(each -> program.append(" '").append(each).append("'"));
    Process process =
        new ProcessBuilder(
                "unshare",
                "-rm",
                "sh",
                "-c",
                mount + " &&" + program + " && tail -c 300 \"$0\"/baes/shared/logs/step_001/*",
                runs.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    List<String> told =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(told.subList(0, 6000)).last().isEqualTo("5999");
    try (Stream<Path> files = Files.list(folder.resolve("home"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".jsonl"))
                  .flatMap(file -> Configured.lines(file).stream())
                  .filter(line -> line.contains("\"component\":\"Worker\"")))
          .as("events, on another disk")
          .hasSize(6000);
    }
  }
}
