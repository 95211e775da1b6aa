package dev.flightlog.analysis.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.RunWorld;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final Instant AT = Instant.parse("2026-02-01T08:00:00Z");

  private final RunWorld world = new RunWorld();

  @BeforeEach
  void fill() {
    for (int run = 1; run <= 4; run++) {
      world.run("agents", "run-" + run, run % 2 == 0 ? 2 : 0, run, 3);
      world.run("single", "one-" + run, 0, 2 * run, run == 4 ? 1 : 3);
    }
  }

  private Answer ask(String... arguments) {
    return world.answerer().ask(QuestionCall.of("runs", arguments).maxTokens(10_000));
  }

  /** Rows by these keys, as text. */
  private static List<String> rows(Answer answer, String... keys) {
    List<String> names = answer.question().columns().stream().map(Column::key).toList();
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < answer.rowCount(); row++) {
      List<String> values = new ArrayList<>();
      for (String key : keys) {
        values.add(String.valueOf(answer.value(row, names.indexOf(key))));
      }
      rows.add(String.join(" ", values));
    }
    return rows;
  }

  @Test
  void successIsToldByFramework() {
    assertThat(
            rows(ask(), "framework", "runs", "succeeded", "failed", "open", "retries", "cost_usd"))
        .containsExactly("agents 4 2 2 0 2 0.12", "single 4 3 0 1 0 0.11");
    assertThat(ask().text())
        .contains("8 runs of 2 frameworks, 5 succeeded, 2 failed, 1 incomplete");
  }

  @Test
  void aStepThatFailsInSomeRunsIsFlakyAndComesFirst() {
    List<String> steps =
        rows(ask("step"), "framework", "step", "runs", "failed", "flaky", "avg_ms");
    assertThat(steps).first().isEqualTo("agents 2 4 2 yes 20000.0");
    assertThat(steps).contains("agents 1 4 0 no 10000.0", "single 3 3 0 no 30000.0");
    assertThat(ask().text()).contains("1 flaky step, such as step 2 of agents: failed in 2 of 4");
  }

  @Test
  void tokensAndCostStandWithTheStepThatTookThem() {
    assertThat(rows(ask("step", "agents/run-2"), "step", "status", "tokens_used", "cost_usd"))
        .containsExactly("1 succeeded 1100 0.01", "2 failed 2100 0.01", "3 succeeded 3100 0.01");
  }

  @Test
  void aRunWhoseProgramWasKilledIsIncompleteAndItsDurationUnknown() {
    assertThat(rows(ask("run", "one-4"), "run", "status", "ended", "avg_ms", "steps"))
        .containsExactly("one-4 incomplete null null 2");
  }

  @Test
  void aRunThatIsOpenedAgainAfterItsEndGoesOn() {
    world.entry("a", "again", 0, AT, "run_started", "o", Map.of("pid", 1, "first", true));
    world.entry("a", "again", 0, AT.plusSeconds(1), "run_finished", "o", Map.of("pid", 1));
    assertThat(rows(ask("run", "again"), "status")).containsExactly("succeeded");
    world.entry("a", "again", 0, AT.plusSeconds(2), "run_started", "o", Map.of("pid", 2));
    assertThat(rows(ask("run", "again"), "status")).containsExactly("incomplete");
    world.entry(
        "a", "again", 0, AT.plusSeconds(3), "run_started", "o", Map.of("pid", 3, "first", true));
    world.entry(
        "a",
        "again",
        0,
        AT.plusSeconds(4),
        "run_finished",
        "o",
        Map.of("pid", 3, "status", "failed"));
    assertThat(rows(ask("run", "again"), "status")).containsExactly("failed");
  }

  @Test
  void whatOtherRecordersLogInARunBelongsToItsFramework() {
    world.entry(
        null,
        "run-1",
        1,
        AT.plusSeconds(3 * 3600 + 101),
        "tool_call",
        "adapter",
        Map.of("level", "ERROR"));
    assertThat(rows(ask("run", "run-1"), "framework", "errors")).containsExactly("agents 1");
  }

  @Test
  void equalIdsOfTwoFrameworksAreTwoRuns() {
    world.run("other", "run-1", 0, 1, 3);
    assertThat(rows(ask("run", "run-1"), "framework")).containsExactlyInAnyOrder("agents", "other");
    assertThat(rows(ask("run", "other/run-1"), "framework")).containsExactly("other");
  }

  @Test
  void aRunThatIsNotThereIsNamedWithTheNearest() {
    assertThatThrownBy(() -> ask("step", "agents/run-9"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("there is no run 'agents/run-9' here; there are: agents/run-");
  }

  @Test
  void withoutRunsItIsSaid() {
    RunWorld none = new RunWorld();
    none.entry(null, "x", 0, AT, "log", "adapter", Map.of());
    assertThat(none.answerer().ask(QuestionCall.of("runs")).text())
        .contains("no event is of a run");
  }

  @Test
  void eventsAreChosenByRunStepAndComponent() {
    Map<String, String> values = Map.of("run", "run-2", "step", "2", "component", "validator");
    Filter chosen =
        EventFilter.filter(
            argument -> values.get(argument.name()), Reader.COMMAND_LINE, Dates.UTC, 0);
    ReadRequest request = ReadRequest.oldestFirst(chosen);
    assertThat(world.store.read(request).finish(request))
        .extracting(event -> event.detail("message"))
        .containsExactly("the endpoint answers 500");
    assertThatThrownBy(() ->
            EventFilter.filter(
                argument -> argument.name().equals("step") ? "two" : null,
                Reader.COMMAND_LINE,
                Dates.UTC,
                0))
        .hasMessage("--step is a whole number from 0, not 'two'");
  }
}
