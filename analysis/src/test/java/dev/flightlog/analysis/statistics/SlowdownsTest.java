package dev.flightlog.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.analysis.statistics.Slowdowns.Cell;
import dev.flightlog.analysis.statistics.Slowdowns.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlowdownsTest {
  private static final int DAYS = 42;
  private static final String[] AGENTS = {"planner", "coder", "reviewer", "tester"};
  private static final String[] STEPS = {"Bash", "Read", "Edit", "model_call"};

  private final Random random = new Random(7);
  private final List<Cell> cells = new ArrayList<>();

  /** Each agent at each step, with so many runs a day and log-normal durations. */
  private void fill(int runs) {
    for (String agent : AGENTS) {
      for (int step = 0; step < STEPS.length; step++) {
        Cell cell = new Cell(agent, STEPS[step], DAYS);
        for (int day = 0; day < DAYS; day++) {
          for (int i = 0; i < runs; i++) {
            cell.runs[day]++;
            cell.millis[day] += Math.exp(4 + 2 * step + 0.8 * random.nextGaussian());
          }
        }
        cells.add(cell);
      }
    }
  }

  private void slow(
      @Nullable String agent, @Nullable String step, int from, int to, double factor) {
    for (Cell cell : cells) {
      if ((agent == null || agent.equals(cell.agent)) && (step == null || step.equals(cell.step))) {
        for (int day = from; day < to; day++) {
          cell.millis[day] *= factor;
        }
      }
    }
  }

  private Effect only() {
    List<Effect> effects = Slowdowns.in(cells, DAYS);
    assertThat(effects).hasSize(1);
    return effects.getFirst();
  }

  @Test
  void workThatStaysAsItWasHasNoSlowDown() {
    fill(20);
    assertThat(Slowdowns.in(cells, DAYS)).isEmpty();
  }

  @Test
  void aSlowerAgentIsNamedWithItsDayAndFactor() {
    fill(20);
    slow("coder", null, 28, DAYS, 1.6);
    Effect effect = only();
    assertThat(effect.agent()).isEqualTo("coder");
    assertThat(effect.step()).isNull();
    assertThat(effect.day()).isBetween(27, 29);
    assertThat(effect.factor()).isCloseTo(1.6, within(0.15));
  }

  @Test
  void aSlowerToolIsNamedForAllAgents() {
    fill(20);
    slow(null, "Read", 30, DAYS, 2);
    assertThat(only().step()).isEqualTo("Read");
    assertThat(only().named()).isFalse();
  }

  @Test
  void oneAgentAtOneToolIsNamedAsBoth() {
    fill(20);
    slow("tester", "Bash", 25, DAYS, 3);
    Effect effect = only();
    assertThat(effect.agent()).isEqualTo("tester");
    assertThat(effect.step()).isEqualTo("Bash");
  }

  @Test
  void severalAreToldApart() {
    fill(30);
    slow("coder", null, 26, DAYS, 1.8);
    slow(null, "Read", 30, DAYS, 1.5);
    List<Effect> effects = Slowdowns.in(cells, DAYS);
    assertThat(effects).hasSize(2);
    assertThat(effects).anyMatch(each -> "coder".equals(each.agent()) && each.step() == null);
    assertThat(effects).anyMatch(each -> "Read".equals(each.step()) && each.agent() == null);
  }

  @Test
  void anAgentThatTurnsToASlowToolIsNotSlower() {
    fill(20);
    for (Cell cell : cells) {
      if ("planner".equals(cell.agent) && cell.step.equals("model_call")) {
        for (int day = 21; day < DAYS; day++) {
          cell.runs[day] *= 20;
          cell.millis[day] *= 20;
        }
      }
    }
    assertThat(Slowdowns.in(cells, DAYS)).isEmpty();
  }

  @Test
  void whatHungOnceIsNoSlowDown() {
    fill(3);
    for (Cell cell : cells) {
      cell.millis[35] += 400 * cell.millis[34];
    }
    assertThat(Slowdowns.in(cells, DAYS)).isEmpty();
  }

  @Test
  void whatIsOverAgainIsNotTold() {
    fill(20);
    slow("coder", null, 15, 30, 3);
    assertThat(Slowdowns.in(cells, DAYS)).isEmpty();
  }

  @Test
  void tooFewDaysOrRunsTellNothing() {
    assertThat(Slowdowns.in(List.of(), DAYS)).isEmpty();
    Cell cell = new Cell(null, "Bash", 2);
    cell.runs[0] = 100;
    cell.millis[0] = 100;
    assertThat(Slowdowns.in(List.of(cell), 2)).isEmpty();
  }
}
