package dev.flightlog.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.alerts.AWorld;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A rise is told, and chance is not: over many worlds in which nothing changes. */
class ErrorRateTest {
  private static final Instant NOW = Instant.parse("2026-06-10T12:30:00Z");

  /** Hours of 20 to 40 calls whose rate differs from hour to hour around 6 %. */
  private static void past(AWorld world, Random random, int hours) {
    for (int hour = 2; hour < hours + 2; hour++) {
      hour(
          world,
          random,
          NOW.minus(Duration.ofHours(hour)),
          0.06 * (0.3 + 1.4 * random.nextDouble()),
          10);
    }
  }

  private static void hour(AWorld world, Random random, Instant at, double rate, int least) {
    int calls = least + random.nextInt(least);
    for (int i = 0; i < calls; i++) {
      world.toolCall(at.plusSeconds(i), "s", "Bash", "x" + i, random.nextDouble() >= rate);
    }
  }

  private static boolean isTold(AWorld world, boolean known) {
    Moment moment =
        new Moment(
            world.store, AWorld.PRICING, Dates.UTC, Timestamps.of(NOW), Limits.USUAL, key -> known);
    return !new ErrorRate().look(moment).isEmpty();
  }

  @Test
  void worldsInWhichNothingChangesAreQuiet() {
    long seed = 20261128;
    int told = 0;
    for (int draw = 0; draw < 60; draw++) {
      try (AWorld world = new AWorld()) {
        Random random = new Random(seed + draw);
        past(world, random, 40);
        hour(
            world,
            random,
            NOW.minus(Duration.ofMinutes(80)),
            0.06 * (0.3 + 1.4 * random.nextDouble()),
            10);
        hour(
            world,
            random,
            NOW.minus(Duration.ofMinutes(20)),
            0.06 * (0.3 + 1.4 * random.nextDouble()),
            10);
        told += isTold(world, false) ? 1 : 0;
      }
    }
    assertThat(told).as("of 60 draws from seed %s", seed).isLessThanOrEqualTo(1);
  }

  @Test
  void aRateThatHasRisenFivefoldIsToldWithinTwoHoursAndIsOverWhenItIsBack() {
    long seed = 7;
    int told = 0;
    int over = 0;
    for (int draw = 0; draw < 20; draw++) {
      Random random = new Random(seed + draw);
      try (AWorld world = new AWorld()) {
        past(world, random, 40);
        hour(world, random, NOW.minus(Duration.ofMinutes(80)), 0.3, 30);
        hour(world, random, NOW.minus(Duration.ofMinutes(20)), 0.3, 30);
        told += isTold(world, false) ? 1 : 0;
      }
      try (AWorld world = new AWorld()) {
        past(world, random, 40);
        hour(world, random, NOW.minus(Duration.ofMinutes(80)), 0.05, 30);
        over += isTold(world, true) ? 0 : 1;
      }
    }
    assertThat(told).as("of 20 draws from seed %s", seed).isGreaterThanOrEqualTo(16);
    assertThat(over).as("of 20 draws from seed %s", seed).isGreaterThanOrEqualTo(16);
  }

  @Test
  void fewCallsSayNothing() {
    try (AWorld world = new AWorld()) {
      past(world, new Random(1), 40);
      for (int i = 0; i < 19; i++) {
        world.toolCall(NOW.minusSeconds(60 + i), "s", "Bash", "x" + i, false);
      }
      assertThat(isTold(world, false)).isFalse();
      world.toolCall(NOW.minusSeconds(30), "s", "Bash", "y", false);
      assertThat(isTold(world, false)).isTrue();
    }
  }
}
