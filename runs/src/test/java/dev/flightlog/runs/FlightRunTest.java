package dev.flightlog.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.record.RunStatus;
import dev.flightlog.runs.record.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries go where their run, step and component are, and to the events. */
class FlightRunTest {
  private static final RunLogger ADAPTER = FlightRun.logger("adapter");
  private static final RunLogger VALIDATOR = FlightRun.logger("validator");

  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void open() {
    world = new RunWorld(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFileSwitchesWithTheStepAndTheComponent() {
    try (FlightRun run = world.open("baes", "abc123")) {
      ADAPTER.info("before any step");
      try (RunStep step = run.step(1)) {
        assertThat(step.number()).isEqualTo(1);
        ADAPTER.info("in one", Map.of("prompt", 3));
        VALIDATOR.warn("slow");
      }
      try (RunStep step = run.step(12)) {
        ADAPTER.info("in twelve of " + step.run().id());
      }
      FlightRun.logger("reconciliation").info("nothing to explain");
      assertThat(RunWorld.lines(run, "run.log")).anyMatch(line -> line.contains("before any step"));
      assertThat(RunWorld.lines(run, "step_001/adapter.log"))
          .singleElement()
          .asString()
          .contains(
              "\"level\":\"INFO\",\"run_id\":\"abc123\",\"step\":1,\"component\":\"adapter\","
                  + "\"message\":\"in one\",\"details\":{\"prompt\":3}}");
      assertThat(RunWorld.lines(run, "step_001/validator.log")).hasSize(1);
      assertThat(RunWorld.lines(run, "step_012/adapter.log")).hasSize(1);
      assertThat(RunWorld.lines(run, "reconciliation.log")).hasSize(1);
      assertThat(run.folder()).isEqualTo(folder.resolve("runs/baes/abc123"));
    }
  }

  @Test
  void workThatIsHandedOnBelongsToItsStepAndOtherThreadsToTheRun() throws Exception {
    FlightRun other = world.open("baes", "other");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (FlightRun run = world.open("baes", "abc123")) {
      try (RunStep step = run.step(4)) {
        threads.submit(step.wrap(() -> ADAPTER.info("handed on"))).get();
        assertThat(step.wrap(() -> FlightRun.currentStep().orElseThrow().number()).call())
            .isEqualTo(4);
        threads.submit(other.wrap(() -> logged("in the other run"))).get();
      }
      assertThat(RunWorld.lines(run, "step_004/adapter.log")).hasSize(1);
      assertThat(RunWorld.lines(other, "run.log")).anyMatch(line -> line.contains("in the other"));
      other.close();
      threads.submit(() -> ADAPTER.info("of nobody")).get();
      assertThat(RunWorld.lines(run, "run.log")).anyMatch(line -> line.contains("of nobody"));
    } finally {
      threads.shutdown();
    }
  }

  private static String logged(String message) {
    ADAPTER.info(message);
    return message;
  }

  @Test
  void withoutARunItIsPlainLogging() {
    assertThat(FlightRun.current()).isEmpty();
    ADAPTER.info("no run is open");
    FlightRun run = world.open("baes", "abc123");
    run.close();
    ADAPTER.info("after the end");
    assertThat(RunWorld.lines(run, "run.log")).noneMatch(line -> line.contains("after the end"));
  }

  @Test
  void scopesEndInWhateverOrder() {
    try (FlightRun run = world.open("baes", "abc123")) {
      RunStep outer = run.step(1);
      RunStep inner = run.step(2);
      outer.close();
      ADAPTER.info("still in two");
      inner.close();
      inner.close();
      ADAPTER.info("in none");
      assertThat(RunWorld.lines(run, "step_002/adapter.log")).hasSize(1);
      assertThat(RunWorld.lines(run, "run.log")).anyMatch(line -> line.contains("in none"));
    }
  }

  @Test
  void eachEntryIsAnEventToo() throws IOException {
    try (FlightRun run = world.open("baes", "abc123")) {
      try (RunStep step = run.step(3)) {
        ADAPTER.info("told twice");
        step.modelCall(ModelUsage.of("some-model", 1234, 567).costUsd(0.02));
        step.fail(new IllegalStateException("no such branch"));
      }
    }
    assertThat(world.events())
        .anyMatch(line ->
            line.contains("\"run_id\":\"abc123\"")
                && line.contains("\"step\":3")
                && line.contains("\"component\":\"adapter\"")
                && line.contains("told twice"))
        .anyMatch(line ->
            line.contains("\"event_type\":\"model_call\"")
                && line.contains("\"tokens_used\":1801")
                && line.contains("\"cost_usd\":0.02"))
        .anyMatch(
            line -> line.contains("\"event_type\":\"error\"") && line.contains("no such branch"));
  }

  @Test
  void whatIsCountedIsAddedUpByStepAndInAll() throws Exception {
    try (FlightRun run = world.open("baes", "abc123")) {
      run.model("gpt-4o");
      for (int number = 1; number <= 3; number++) {
        try (RunStep step = run.step(number)) {
          step.apiCall("GET /health", Duration.ofMillis(20));
          step.modelCall(ModelUsage.of("gpt-4o", 100L * number, 10).cache(5, 0).costUsd(0.5));
          step.retry("timeout");
          step.downtime(Duration.ofSeconds(2), "502");
          step.humanInteraction("clarification", "which database?");
        }
      }
      assertThatThrownBy(() ->
              run.step(
                  4,
                  () -> {
                    throw new IOException("disk");
                  }))
          .isInstanceOf(IOException.class);
    }
    RunRecord record = RunLogs.read(world.folder("baes", "abc123"));
    assertThat(record.steps().stream().map(StepRecord::status))
        .containsExactly(
            RunStatus.SUCCEEDED, RunStatus.SUCCEEDED, RunStatus.SUCCEEDED, RunStatus.FAILED);
    assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    assertThat(record.model()).isEqualTo("gpt-4o");
    assertThat(record.total().inputTokens()).isEqualTo(600);
    assertThat(record.total().totalTokens()).isEqualTo(645);
    assertThat(record.total().costUsd()).hasValue(1.5);
    assertThat(record.total().apiCalls()).isEqualTo(6);
    assertThat(record.total().llmRequests()).isEqualTo(3);
    assertThat(record.total().retries()).isEqualTo(3);
    assertThat(record.total().downtimeMs()).isEqualTo(6000);
    assertThat(record.total().errors()).isEqualTo(1);
    assertThat(record.allInteractions()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("runs/baes/abc123/metrics.json")))
        .contains("\"step\":2,\"status\":\"succeeded\"", "\"cost_usd\":1.5");
    assertThat(Files.readString(folder.resolve("runs/baes/abc123/metadata.json")))
        .contains("\"status\":\"failed\"", "\"started_at\":\"2025-10-20T14:23:45", "\"steps\":4");
  }

  @Test
  void idsThatWouldLeadElsewhereGetAFolderOfTheirOwn() throws IOException {
    List<String> ids =
        List.of(
            "../../etc",
            "/etc/passwd",
            "a/b",
            "a\\b",
            "..",
            ".",
            "",
            "a\nb",
            "Ünï",
            "x".repeat(400),
            ".hidden",
            "a b");
    for (String id : ids) {
      try (FlightRun run = world.open("../../evil", id)) {
        ADAPTER.info("here");
        assertThat(run.folder().startsWith(folder.resolve("runs"))).as(id).isTrue();
        assertThat(run.folder().getNameCount()).isEqualTo(folder.getNameCount() + 3);
      }
      assertThat(RunLogs.read(world.folder("../../evil", id)).runId()).isEqualTo(id);
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("runs", "home");
    }
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      assertThat(all.flatMap(FlightRunTest::list)).hasSize(ids.size());
    }
    try (FlightRun run = world.open("baes", "id")) {
      assertThatThrownBy(() -> run.step(-3))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("not -3");
      try (RunStep step = run.step(1)) {
        assertThat(step.number()).isEqualTo(1);
        FlightRun.logger("../../component").info("x");
        try (Stream<Path> logs = Files.list(run.folder().resolve("logs/step_001"))) {
          assertThat(logs).hasSize(2);
        }
      }
    }
  }

  private static Stream<Path> list(Path of) {
    try (Stream<Path> all = Files.list(of)) {
      return all.toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aStepWhoseFolderCannotBeMadeLogsInTheRun() throws IOException {
    try (FlightRun run = world.open("baes", "abc123")) {
      Files.writeString(run.folder().resolve("logs/step_001"), "a file where a folder should be");
      try (RunStep step = run.step(1)) {
        ADAPTER.info("not lost");
        step.retry("again");
      }
      assertThat(RunWorld.lines(run, "run.log"))
          .anyMatch(line -> line.contains("\"step\":1") && line.contains("not lost"));
      assertThat(run.stats().lost()).isZero();
      assertThat(run.stats().elsewhere()).isEqualTo(4);
      assertThat(run.stats().problem()).contains("step_001");
    }
    assertThat(RunLogs.read(world.folder("baes", "abc123")).total().retries()).isEqualTo(1);
  }

  @Test
  void aRootThatCannotBeWrittenIsRefusedInWords() throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    Files.writeString(folder.resolve("runs/baes"), "a file");
    assertThatThrownBy(() -> world.open("baes", "abc123"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("choose another root");
  }

  @Test
  void aLongLogGoesOnInTheNextFile() {
    RunConfig small = world.config().fileBytes(4096);
    try (FlightRun run = FlightRun.open(world.root, "baes", "abc123", small);
        RunStep step = run.step(1)) {
      assertThat(step.number()).isEqualTo(1);
      for (int i = 0; i < 100; i++) {
        ADAPTER.info("entry " + i);
      }
      int lines = 0;
      for (String part : List.of("adapter.log", "adapter.2.log", "adapter.3.log")) {
        List<String> here = RunWorld.lines(run, "step_001/" + part);
        assertThat(here).isNotEmpty();
        assertThat(String.join("\n", here).length()).isLessThanOrEqualTo(4096);
        lines += here.size();
      }
      for (int part = 4;
          !RunWorld.lines(run, "step_001/adapter." + part + ".log").isEmpty();
          part++) {
        lines += RunWorld.lines(run, "step_001/adapter." + part + ".log").size();
      }
      assertThat(lines).isEqualTo(100);
    }
  }

  @Test
  void secretsAreRedactedAndInterruptsClosenothing() {
    try (FlightRun run = world.open("baes", "abc123");
        RunStep step = run.step(1)) {
      assertThat(step.number()).isEqualTo(1);
      Thread.currentThread().interrupt();
      ADAPTER.info("key sk-ant-api03-" + "Ab1".repeat(30));
      assertThat(Thread.interrupted()).isTrue();
      ADAPTER.info("goes on");
      assertThat(RunWorld.lines(run, "step_001/adapter.log"))
          .hasSize(2)
          .noneMatch(line -> line.contains("Ab1Ab1"));
    }
  }

  @Test
  void objectsOfTheHostThatThrowCostNothingButTheirText() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    try (FlightRun run = world.open("baes", "abc123");
        RunStep step = run.step(1)) {
      assertThat(step.number()).isEqualTo(1);
      ADAPTER.info("with details", Map.of("hostile", hostile, "long", "x".repeat(300_000)));
      ADAPTER.error(null, null, null);
      ADAPTER.error("stack", new IllegalStateException("outer", new IOException("inner")));
      assertThat(RunWorld.lines(run, "step_001/adapter.log"))
          .hasSize(3)
          .allMatch(line -> line.length() < 65_536)
          .anyMatch(line -> line.contains("Caused by: java.io.IOException: inner\\n\\tat "))
          .anyMatch(line -> line.contains("unreadable"));
    }
  }

  @Test
  void aRunThatIsOpenedAgainGoesOn() throws IOException {
    world.open("baes", "abc123").close();
    try (FlightRun run = world.open("baes", "abc123")) {
      assertThat(RunLogs.read(world.folder("baes", "abc123")).status())
          .isEqualTo(RunStatus.RUNNING);
      try (FlightRun again = world.open("baes", "abc123")) {
        again.model("joined");
      }
      assertThat(run.stats().written()).isEqualTo(4);
    }
    RunRecord record = RunLogs.read(world.folder("baes", "abc123"));
    assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(record.model()).isEqualTo("joined");
  }
}
