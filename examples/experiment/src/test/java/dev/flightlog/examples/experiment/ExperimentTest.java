package dev.flightlog.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.archive.Extraction;
import dev.flightlog.runs.git.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
  @TempDir static Path folder;

  private static Path repository = Path.of(".");
  private static Path runs = Path.of(".");

  @BeforeAll
  static void run() throws IOException {
    repository = Files.createDirectories(folder.resolve("repository"));
    runs = repository.resolve("runs");
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(folder.resolve("home")))) {
      new Experiment(runs, RunConfig.defaults().recorder(recorder)).run("run-1");
    }
  }

  private static List<String> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile)
          .map(file -> below.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.startsWith("workspace/"))
          .sorted()
          .toList();
    }
  }

  private static String summary(String framework) throws IOException {
    return Files.readString(runs.resolve(framework).resolve("run-1/logs_summary.txt"));
  }

  @Test
  void eachStepAndComponentHasALogOfItsOwn() throws IOException {
    TreeSet<String> wanted =
        new TreeSet<>(
            List.of(
                ".run.lock",
                "logs/run.log",
                "logs_summary.txt",
                "metadata.json",
                "metrics.json",
                "run.tar.gz"));
    for (int step = 1; step <= 5; step++) {
      for (String component : List.of("adapter", "metrics", "orchestrator", "validator")) {
        wanted.add("logs/step_00" + step + "/" + component + ".log");
      }
    }
    for (String framework : List.of("chain", "single")) {
      assertThat(files(runs.resolve(framework).resolve("run-1"))).containsExactlyElementsOf(wanted);
    }
  }

  @Test
  void theSummarySaysWhatHappenedInEightyColumns() throws IOException {
    for (String framework : List.of("chain", "single", "vote")) {
      assertThat(summary(framework).lines()).allMatch(line -> line.length() <= 80);
    }
    assertThat(summary("single"))
        .contains("Framework", "single", "fake-model-1", "Step 005: SUCCESS")
        .contains("Template-based generation (no LLM calls)");
    assertThat(summary("chain")).contains("retries: 1", "no answer within 5 s");
    assertThat(summary("vote"))
        .contains("Step 004: FAILED", "2 of 9 tests fail", "which database?");
  }

  @Test
  void theArchiveHoldsLogsAndWorkspaceAndNotTheSummary() throws IOException {
    Path to = folder.resolve("restored");
    Extraction.into(runs.resolve("vote/run-1/run.tar.gz"), to);
    assertThat(to.resolve("logs/step_004/orchestrator.log")).content().contains("2 of 9 tests");
    assertThat(to.resolve("workspace/step-3.txt")).exists();
    assertThat(to.resolve("metrics.json")).exists();
    assertThat(to.resolve("logs_summary.txt")).doesNotExist();
  }

  @Test
  void gitSeesSummariesOnly() throws IOException, InterruptedException {
    if (!isThere("git")) {
      System.out.println("NOT TESTED: what git sees of runs, there is no git");
      return;
    }
    IgnoreFile.update(repository, runs);
    git("init", "-q");
    assertThat(git("status", "--porcelain", "-uall").lines().map(line -> line.substring(3)))
        .containsExactly(
            ".gitignore",
            "runs/chain/run-1/logs_summary.txt",
            "runs/chain/run-1/metadata.json",
            "runs/chain/run-1/metrics.json",
            "runs/single/run-1/logs_summary.txt",
            "runs/single/run-1/metadata.json",
            "runs/single/run-1/metrics.json",
            "runs/vote/run-1/logs_summary.txt",
            "runs/vote/run-1/metadata.json",
            "runs/vote/run-1/metrics.json");
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static String git(String... words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    try (InputStream in = process.getInputStream()) {
      String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    }
  }
}
