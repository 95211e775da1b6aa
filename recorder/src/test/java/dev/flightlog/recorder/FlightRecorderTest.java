package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a scope is used by being open
class FlightRecorderTest {
  private static final Instant NOON = Instant.parse("2026-02-01T12:00:00.123456Z");

  @TempDir Path home;

  private RecorderConfig config() {
    return RecorderConfig.at(home)
        .ring(1 << 16)
        .maxWait(Duration.ofMinutes(1))
        .story("1.2")
        .clock(() -> NOON);
  }

  private JsonNode only() {
    List<JsonNode> all = Lines.of(home);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void anEventBecomesOneLineInTheJournalOfItsStoryAndDay() throws IOException {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      Durability reached =
          recorder.event("planning_complete", Category.EXECUTION).agent("planning_agent").log();
      assertThat(reached).isEqualTo(Durability.WRITTEN);
    }
    assertThat(Files.readString(home.resolve("story_1.2_20260201.jsonl")))
        .matches(
            "\\{\"id\":\"[0-9A-HJKMNP-TV-Z]{26}\",\"timestamp\":\"2026-02-01T12:00:00.123456\\+00:00\","
                + "\"event_type\":\"planning_complete\",\"category\":\"execution\","
                + "\"session_id\":\"story_1.2_20260201_120000\",\"story_id\":\"1.2\","
                + "\"agent_name\":\"planning_agent\"}\n");
  }

  @Test
  void everyFieldHasASetterAndKeepsItsOrder() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder
          .toolCall("Read")
          .session("s")
          .story("st")
          .workflow("w")
          .agent("a")
          .taskId("t")
          .runId("r")
          .step(3)
          .component("c")
          .duration(Duration.ofMillis(45))
          .tokens(120)
          .contextPercent(23.5)
          .success(false)
          .confidence(0.5)
          .impact(1)
          .timeSaved(Duration.ofSeconds(-2))
          .userSatisfactionDelta(-0.25)
          .createdRule(true)
          .patternDetected(false)
          .needsReview(true)
          .detail("n", 7)
          .detail("list", List.of(1, "two", Map.of("three", 3.5)))
          .log();
    }
    assertThat(only().toString())
        .contains(
            "\"event_type\":\"tool_call\",\"category\":\"execution\",\"session_id\":\"s\","
                + "\"story_id\":\"st\",\"workflow_id\":\"w\",\"agent_name\":\"a\",\"task_id\":\"t\","
                + "\"run_id\":\"r\",\"step\":3,\"component\":\"c\",\"duration_ms\":45,"
                + "\"tokens_used\":120,\"context_percent\":23.5,\"success\":false,"
                + "\"confidence_score\":0.5,\"impact_score\":1.0,\"time_saved_or_wasted_ms\":-2000,"
                + "\"user_satisfaction_delta\":-0.25,\"created_rule\":true,"
                + "\"pattern_detected\":false,\"needs_review\":true,\"details\":{\"tool\":\"Read\","
                + "\"n\":7,\"list\":[1,\"two\",{\"three\":3.5}]}}");
  }

  @Test
  void aNumberOutsideItsRangeIsKeptInTheDetails() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder.decision("use sqlite", null).confidence(95).impact(Double.NaN).log();
    }
    assertThat(only().has("confidence_score")).isFalse();
    assertThat(only().at("/details/confidence_score").doubleValue()).isEqualTo(95);
    assertThat(only().toString()).doesNotContain("impact");
  }

  @Test
  void aDetailThatComesAgainReplacesTheFirst() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder.learning("x").detail("a", 1).detail("b", 2).detail("a", 3).detail("b", "4").log();
      recorder.learning("x").detail("a", 1).detail("a", 2).log();
      recorder.learning("x").detail("a", 1).detail("b", 2).detail("c", 3).detail("b", 9).log();
    }
    assertThat(Lines.of(home))
        .extracting(line -> line.get("details").toString())
        .containsExactly("{\"a\":3,\"b\":\"4\"}", "{\"a\":2}", "{\"a\":1,\"c\":3,\"b\":9}");
  }

  @Test
  void theTokensOfAModelCallAreSummed() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder
          .modelCall("some-model")
          .inputTokens(10)
          .outputTokens(20)
          .cacheReadTokens(300)
          .cacheWriteTokens(4000)
          .costUsd(0.5)
          .log();
    }
    assertThat(only().get("tokens_used").intValue()).isEqualTo(4330);
    assertThat(only().at("/details/cost_usd").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void scopesNestInheritAndEnd() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      try (OpenScope outer = recorder.scope().workflow("w").agent("a").open()) {
        try (OpenScope inner = recorder.scope().agent("b").step(2).open()) {
          recorder.learning("inner").log();
        }
        recorder.learning("outer").log();
      }
      recorder.learning("none").log();
    }
    assertThat(Lines.of(home))
        .extracting(
            line -> line.path("workflow_id").asText("-") + line.path("agent_name").asText("-"))
        .containsExactly("wb", "wa", "--");
  }

  @Test
  void scopesClosedInTheWrongOrderOrThreadLeaveNothingBehind() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      OpenScope outer = recorder.scope().agent("outer").open();
      OpenScope inner = recorder.scope().agent("inner").open();
      Thread other = new Thread(outer::close);
      other.start();
      other.join();
      recorder.learning("first").log();
      outer.close();
      recorder.learning("second").log();
      inner.close();
      recorder.learning("third").log();
      assertThat(recorder.stats().misused()).isEqualTo(1);
    }
    assertThat(Lines.of(home))
        .extracting(line -> line.path("agent_name").asText("-"))
        .containsExactly("inner", "inner", "-");
  }

  @Test
  void aScopeIsHandedOnToOtherThreadsByWrapping() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      Runnable task;
      Callable<Durability> call;
      try (OpenScope scope = recorder.scope().agent("a").open()) {
        task = scope.wrap((Runnable) () -> recorder.learning("run").log());
        call = scope.wrap(() -> recorder.learning("call").log());
      }
      Thread thread = new Thread(task);
      thread.start();
      thread.join();
      call.call();
      assertThat(
              recorder.scope().agent("s").wrapSupplier(() -> recorder.learning("get").log()).get())
          .isEqualTo(Durability.WRITTEN);
      recorder.learning("outside").log();
    }
    assertThat(Lines.of(home))
        .extracting(line -> line.path("agent_name").asText("-"))
        .containsExactly("a", "a", "s", "-");
  }

  @Test
  void theInnermostOfRunAndOpenHolds() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder
          .scope()
          .agent("run")
          .run(() -> {
            recorder.learning("1").log();
            try (OpenScope open = recorder.scope().step(1).agent("open").open()) {
              recorder.learning("2").log();
              recorder.scope().agent("deep").run(() -> recorder.learning("3").log());
              recorder.learning("4").log();
              open.close();
            }
            recorder.learning("5").log();
          });
      recorder.learning("6").log();
    }
    assertThat(Lines.of(home))
        .extracting(line -> line.path("agent_name").asText("-") + line.path("step").asText("-"))
        .containsExactly("run-", "open1", "deep1", "open1", "run-", "--");
  }

  @Test
  void aBuilderUsedAfterItsEndOrElsewhereHasNoEffectAndIsCounted() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      EventBuilder stale = recorder.learning("first");
      stale.log();
      EventBuilder second = recorder.learning("second");
      stale.agent("intruder").detail("x", 1);
      assertThat(stale.log()).isEqualTo(Durability.DROPPED);
      AtomicReference<Durability> elsewhere = new AtomicReference<>();
      Thread thread = new Thread(() -> elsewhere.set(second.agent("thief").log()));
      thread.start();
      thread.join();
      assertThat(elsewhere).hasValue(Durability.DROPPED);
      second.log();
      assertThat(recorder.stats().misused()).isEqualTo(5);
      assertThat(recorder.stats().offered()).isEqualTo(2);
    }
    assertThat(Lines.of(home).toString()).doesNotContain("intruder", "thief");
  }

  @Test
  void anEventBegunWithinAnotherDoesNotMixWithIt() {
    Object logging =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        };
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      EventBuilder outer = recorder.learning("outer").detail("a", 1);
      recorder.learning("inner").detail("b", 2).log();
      outer.detail("c", logging).log();
    }
    assertThat(Lines.of(home))
        .extracting(line -> line.get("event_type").asText() + line.get("details"))
        .containsExactly(
            "inner{\"b\":2}",
            "outer{\"a\":1,\"c\":\"[unreadable: java.lang.IllegalStateException]\"}");
  }

  @Test
  void anErrorBringsItsStackItsCausesAndWhatWentBefore() {
    Exception error = new IllegalStateException("outer", new IOException("disk on fire"));
    error.addSuppressed(new RuntimeException("and this"));
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder.toolCall("Read").log();
      assertThat(recorder.error(error, Map.of("file", "a.txt"))).isEqualTo(Durability.WRITTEN);
    }
    JsonNode line = Lines.of(home).get(1);
    JsonNode details = line.get("details");
    assertThat(line.get("category").asText()).isEqualTo("error");
    assertThat(details.get("error_type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(details.get("message").asText()).isEqualTo("outer");
    assertThat(details.get("stack").asText())
        .contains("FlightRecorderTest.anError", "Caused by: java.io.IOException: disk on fire")
        .contains("Suppressed: java.lang.RuntimeException: and this");
    assertThat(details.get("recent").get(0).asText()).isEqualTo("tool_call Read 0 ms before");
    assertThat(details.at("/context/file").asText()).isEqualTo("a.txt");
  }

  @Test
  void anAgentsWorkIsLoggedFromStartToEndAndItsErrorThrownOn() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() ->
                  recorder.runAgent(
                      "researcher",
                      () -> {
                        recorder.toolCall("Read").log();
                        throw new IOException("gone");
                      })))
          .isInstanceOf(IOException.class);
    }
    assertThat(Lines.of(home))
        .allMatch(line -> line.get("agent_name").asText().equals("researcher"))
        .extracting(line -> line.get("event_type").asText())
        .containsExactly("agent_started", "tool_call", "error", "agent_finished");
  }

  @Test
  void afterCloseEventsAreDroppedAndCounted() {
    FlightRecorder recorder = FlightRecorder.open(config());
    recorder.learning("x").log();
    recorder.close();
    assertThat(recorder.learning("y").log()).isEqualTo(Durability.DROPPED);
    recorder.close();
    RecorderStats stats = recorder.stats();
    assertThat(stats.offered()).isEqualTo(2);
    assertThat(stats.written()).isEqualTo(1);
    assertThat(stats.dropped()).isEqualTo(1);
    assertThat(stats.pending()).isZero();
    assertThat(home.resolve(".ring")).isEmptyDirectory();
  }

  @Test
  void allLevelsCanBeReachedWithAndWithoutARing() {
    for (int ring : new int[] {0, 1 << 16}) {
      try (FlightRecorder recorder = FlightRecorder.open(config().ring(ring))) {
        assertThat(recorder.learning("x").log(Durability.SYNCED)).isEqualTo(Durability.SYNCED);
        assertThat(recorder.learning("x").log(Durability.WRITTEN)).isEqualTo(Durability.WRITTEN);
        assertThat(recorder.learning("x").log(Durability.ACCEPTED))
            .isEqualTo(ring == 0 ? Durability.ACCEPTED : Durability.WRITTEN);
        assertThat(recorder.flush()).isTrue();
        assertThat(recorder.sync()).isTrue();
        assertThat(recorder.stats().pending()).isZero();
      }
    }
    assertThat(Lines.of(home)).hasSize(6);
  }
}
