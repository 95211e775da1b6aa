package dev.flightlog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Logger;
import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.RunStep;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.record.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MarkerFactory;

/** What code logs through SLF4J comes to where its MDC says. */
class FlightlogAppenderTest {
  private static final String CLIENT =
      "<component>com.example=orchestrator</component>"
          + "<component>com.example.client = adapter</component>";

  @TempDir Path folder;

  @Test
  void anEntryStandsInTheFileOfItsRunStepAndComponentAndIsAnEvent() throws IOException {
    try (Configured logback = new Configured(folder, CLIENT)) {
      logback.at("abc123", "1");
      logback.mdc.put("request", "r-7");
      logback
          .logger("com.example.client.Http")
          .atInfo()
          .addMarker(MarkerFactory.getMarker("BILLED"))
          .addKeyValue("tokens", 1234)
          .addKeyValue("cost", 0.25)
          .addKeyValue("cached", true)
          .addKeyValue("tags", List.of("a", "b"))
          .addKeyValue("nothing", (Object) null)
          .log("asked {} in {} ms", "some-model", 20);
      logback.logger("com.example.Loop").warn("slow");
      logback.logger("org.other.Validator").error("wrong", new IOException("disk"));
      assertThat(logback.lines("baes/abc123/logs/step_001/adapter.log"))
          .singleElement()
          .asString()
          .contains(
              "\"level\":\"INFO\",\"run_id\":\"abc123\",\"step\":1,\"component\":\"adapter\","
                  + "\"message\":\"asked some-model in 20 ms\"",
              "\"logger\":\"com.example.client.Http\"",
              "\"markers\":[\"BILLED\"],\"mdc\":{\"request\":\"r-7\"},"
                  + "\"tokens\":1234,\"cost\":0.25,\"cached\":true,\"tags\":[\"a\",\"b\"],"
                  + "\"nothing\":null");
      assertThat(logback.lines("baes/abc123/logs/step_001/orchestrator.log"))
          .anyMatch(line -> line.contains("\"level\":\"WARNING\"") && line.contains("slow"));
      assertThat(logback.lines("baes/abc123/logs/step_001/Validator.log"))
          .singleElement()
          .asString()
          .contains("\"error_type\":\"java.io.IOException\"", "anEntryStandsInTheFile");
      logback.stop();
      assertThat(logback.problems()).isEmpty();
      assertThat(logback.events())
          .anyMatch(line ->
              line.contains("\"run_id\":\"abc123\",\"step\":1,\"component\":\"adapter\"")
                  && line.contains("\"tokens\":1234,\"cost\":0.25,\"cached\":true")
                  && line.contains("\"framework\":\"baes\""))
          .anyMatch(line ->
              line.contains("\"event_type\":\"error\"") && line.contains("\"message\":\"disk\""));
      assertThat(logback.lines("baes/abc123/logs_summary.txt")).isNotEmpty();
    }
  }

  @Test
  void keysAndFrameworkAreAsConfigured() {
    String names =
        "<framework>mine</framework><runKey>experiment</runKey><stepKey>round</stepKey>"
            + "<frameworkKey>fw</frameworkKey><maxFileSize>2KB</maxFileSize>";
    try (Configured logback = new Configured(folder, names)) {
      logback.mdc.put("experiment", "e1");
      logback.mdc.put("round", "7");
      for (int i = 0; i < 20; i++) {
        logback.logger("a.Worker").info("round {} is going on, and on, and on", i);
      }
      assertThat(logback.lines("mine/e1/logs/step_007/Worker.log")).isNotEmpty();
      assertThat(logback.lines("mine/e1/logs/step_007/Worker.2.log")).isNotEmpty();
    }
  }

  @Test
  void aStepAndARunEndWithTheirLastEntryAndGoOnWithTheNext() throws IOException {
    try (Configured logback = new Configured(folder, CLIENT)) {
      Logger logger = logback.logger("com.example.Loop");
      logback.at("abc123", "1");
      logger.info("working");
      logger.info(ClassicConstants.FINALIZE_SESSION_MARKER, "done");
      logback.mdc.put("flightlog.step", "2");
      logger.error(ClassicConstants.FINALIZE_SESSION_MARKER, "failed");
      logback.mdc.remove("flightlog.step");
      logger.info(ClassicConstants.FINALIZE_SESSION_MARKER, "all done");
      RunRecord record = RunLogs.read(RunFolder.of(folder.resolve("runs"), "baes", "abc123"));
      assertThat(record.steps().get(0).status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(record.steps().get(1).status()).isEqualTo(RunStatus.FAILED);
      assertThat(record.status()).isEqualTo(RunStatus.FAILED);
      assertThat(logback.lines("baes/abc123/logs_summary.txt"))
          .anyMatch(line -> line.contains("Step 001: SUCCESS"));
      logger.info("an afterthought");
      assertThat(logback.lines("baes/abc123/logs/run.log"))
          .anyMatch(line -> line.contains("an afterthought"));
    }
  }

  @Test
  void withoutARunInTheMdcItBelongsToTheRunOfTheThreadAndElseItIsAnEvent() throws Exception {
    try (Configured logback = new Configured(folder, CLIENT)) {
      Logger logger = logback.logger("com.example.client.Http");
      logger.info("of nobody");
      RunConfig config =
          RunConfig.defaults().recorder(dev.flightlog.recorder.FlightRecorder.none());
      try (FlightRun run = FlightRun.open(folder.resolve("runs"), "own", "r1", config);
          RunStep step = run.step(4)) {
        logger.info("of the step {}", step.number());
        logback.mdc.put("flightlog.step", "5");
        logger.info("of another step");
        logback.mdc.put("flightlog.run", "r1");
        logger.info("of the run that is open");
        assertThat(logback.lines("own/r1/logs/step_004/adapter.log")).hasSize(1);
        assertThat(logback.lines("own/r1/logs/step_005/adapter.log")).hasSize(2);
      }
      assertThat(logback.lines("own/r1/logs_summary.txt")).isNotEmpty();
      logback.stop();
      assertThat(logback.events())
          .singleElement()
          .asString()
          .contains("\"component\":\"adapter\"", "\"message\":\"of nobody\"")
          .doesNotContain("run_id");
    }
  }

  @Test
  void manyRunsThreadsAndVirtualThreadsAtOnceKeepTheirEntriesApart() throws Exception {
    try (Configured logback = new Configured(folder, "<maxRuns>4</maxRuns>")) {
      Logger logger = logback.logger("a.Worker");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        int number = i;
        Runnable work =
            () -> {
              logback.at("run" + number % 8, String.valueOf(number / 8));
              for (int n = 0; n < 50; n++) {
                logger.info("{}/{}", number, n);
              }
            };
        threads.add(i % 2 == 0 ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      logback.stop();
      assertThat(logback.problems()).isEmpty();
      for (int i = 0; i < 32; i++) {
        String start = "\"message\":\"" + i + "/";
        String log = "baes/run" + i % 8 + "/logs/step_00" + i / 8 + "/Worker.log";
        assertThat(logback.lines(log)).hasSize(50).allMatch(line -> line.contains(start));
      }
      assertThat(logback.events().stream().filter(line -> line.contains("\"a.Worker\"")))
          .hasSize(1600);
    }
  }

  @Test
  void whatItLogsItselfAndWhatLogsWithinItIsNotRecordedInALoop() throws IOException {
    try (Configured logback = new Configured(folder, "")) {
      logback.at("abc123", "1");
      logback.logger("dev.flightlog.runs.adapter").warn("of Flightlog itself");
      logback.logger("dev.flightlog.recorder").warn("of Flightlog itself");
      Logger logger = logback.logger("a.Worker");
      Object logsAgain =
          new Object() {
            @Override
            public String toString() {
              logger.info("while it is turned into text");
              return "text";
            }
          };
      logger.atInfo().addKeyValue("value", logsAgain).log("once");
      assertThat(logback.lines("baes/abc123/logs/step_001/Worker.log")).hasSize(1);
      logback.stop();
      assertThat(logback.events()).noneMatch(line -> line.contains("of Flightlog itself"));
    }
  }

  @Test
  void whatObjectsOfTheHostThrowStaysHere() {
    try (Configured logback = new Configured(folder, "")) {
      logback.at("abc123", "1");
      Object hostile =
          new Object() {
            @Override
            public String toString() {
              throw new AssertionError("no text");
            }
          };
      logback.logger("a.Worker").atInfo().addKeyValue("hostile", hostile).log("kept");
      logback
          .logger("a.Worker")
          .atInfo()
          .addKeyValue(null, Map.of("a", hostile))
          .log((String) null);
      assertThat(logback.lines("baes/abc123/logs/step_001/Worker.log"))
          .hasSize(2)
          .first()
          .asString()
          .contains("kept", "unreadable");
    }
  }

  @Test
  void oddIdsAndStepsGetAPlaceOfTheirOwnAndNothingIsLost() throws IOException {
    try (Configured logback = new Configured(folder, "")) {
      Logger logger = logback.logger("a.Worker");
      for (String id : List.of("../../etc", "/etc/passwd", "a/b", "..", "a\nb", "x".repeat(300))) {
        logback.at(id, "1");
        logger.info("here");
        assertThat(
                Files.readString(
                    RunFolder.of(folder.resolve("runs"), "baes", id).step(1).resolve("Worker.log")))
            .contains("here");
      }
      for (String step : List.of("two", "-1", "1.5", "99999999999999999999", "1000000000")) {
        logback.at("odd", step);
        logger.info("in {}", step);
        assertThat(logback.lines("baes/odd/logs/run.log"))
            .anyMatch(line -> line.contains("\"mdc\":{\"flightlog.step\":\"" + step + "\"}"));
      }
      logback.at("blank", " ");
      logger.info("blank");
      assertThat(logback.lines("baes/blank/logs/run.log")).hasSize(2);
      assertThat(Files.list(folder).map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("runs", "home");
    }
  }

  @Test
  void aStepOrRunThatCannotBeWrittenIsToldAndItsEntriesAreEventsAllTheSame() throws IOException {
    Files.createDirectories(folder.resolve("runs/baes/abc123/logs"));
    Files.writeString(folder.resolve("runs/baes/abc123/logs/step_001"), "no folder");
    Files.writeString(folder.resolve("runs/baes/blocked"), "no folder");
    try (Configured logback = new Configured(folder, "")) {
      logback.at("abc123", "1");
      logback.logger("a.Worker").info("not lost");
      assertThat(logback.lines("baes/abc123/logs/run.log"))
          .anyMatch(line -> line.contains("\"step\":1") && line.contains("not lost"));
      logback.at("blocked", "1");
      logback.logger("a.Worker").info("an event only");
      logback.logger("a.Worker").info("an event, too");
      logback.stop();
      assertThat(logback.problems())
          .singleElement()
          .asString()
          .contains("blocked", "cannot be written");
      assertThat(logback.events())
          .anyMatch(line ->
              line.contains("an event only") && line.contains("\"run_id\":\"blocked\",\"step\":1"))
          .anyMatch(line -> line.contains("an event, too"));
    }
  }

  @Test
  void silentRunsAreEnded() throws Exception {
    try (Configured logback = new Configured(folder, "<timeout>1 millisecond</timeout>")) {
      logback.at("abc123", "1");
      logback.logger("a.Worker").info("then nothing");
      Path summary = folder.resolve("runs/baes/abc123/logs_summary.txt");
      long end = System.nanoTime() + 20_000_000_000L;
      while (!Files.exists(summary) && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(summary).exists();
    }
  }

  @Test
  void aBadConfigurationIsToldByLogbacksStatus() {
    try (Configured logback =
        new Configured(
            folder,
            "<component>com.example</component><component>=x</component>"
                + "<component>a=b</component><component>a=c</component>")) {
      assertThat(logback.problems())
          .hasSize(3)
          .allMatch(problem -> problem.startsWith("component: "))
          .anyMatch(problem -> problem.contains("such as com.example.client=adapter"));
      logback.at("abc123", "1");
      logback.logger("a.Worker").info("works all the same");
      assertThat(logback.lines("baes/abc123/logs/step_001/c.log")).hasSize(1);
    }
    try (Configured logback =
        new Configured(
            folder, "<stepKey>a</stepKey><frameworkKey>a</frameworkKey><maxRuns>0</maxRuns>")) {
      assertThat(logback.problems().toString())
          .contains("are both a", "maxRuns is 1 or more, not 0");
      logback.at("abc123", "2");
      logback.logger("a.Worker").info("nowhere");
      assertThat(folder.resolve("runs/baes/abc123/logs/step_002")).doesNotExist();
      FlightlogAppender byHand = new FlightlogAppender();
      byHand.setContext(logback.context);
      byHand.setRunKey(" ");
      byHand.setFramework("");
      byHand.start();
      assertThat(byHand.isStarted()).isFalse();
      assertThat(logback.problems().toString()).contains("runKey is blank", "framework is blank");
    }
    try (Configured logback = new Configured(folder, "<root>/dev/null/runs</root>")) {
      assertThat(logback.problems().toString()).contains("/dev/null/runs cannot be written");
    }
  }
}
