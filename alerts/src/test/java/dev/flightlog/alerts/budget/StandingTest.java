package dev.flightlog.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.alerts.AWorld;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.event.Timestamps;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Instant NOON = Instant.parse("2026-06-10T12:00:00Z");

  private static Standing of(AWorld world, Budget budget, Dates dates, Instant now) {
    return Standing.of(List.of(budget), world.store, AWorld.PRICING, dates, Timestamps.of(now))
        .getFirst();
  }

  @Test
  void whatIsSpentWhatIsLeftAndThePaceAreThoseOfThePeriodThatGoesOn() {
    try (AWorld world = new AWorld()) {
      world.modelCall(NOON.minusSeconds(86_400), "a", "known", 50_000, 1);
      world.modelCall(NOON.minusSeconds(3600), "a", "known", 4_000, 1);
      world.modelCall(NOON.minusSeconds(60), "b", "known", 2_000, 1);
      world.modelCall(NOON.minusSeconds(30), "b", "unknown", 7_000, 1);

      Standing day = of(world, new Budget(null, Period.DAY, 10.0, 20_000L), Dates.UTC, NOON);

      assertThat(day.spentUsd()).isCloseTo(6, within(1e-9));
      assertThat(day.paceUsd()).isCloseTo(12, within(1e-9));
      assertThat(day.spentTokens()).isEqualTo(13_000);
      assertThat(day.paceTokens()).isEqualTo(26_000L);
      assertThat(day.isExceeded()).isFalse();
      assertThat(day.paceExceeds()).isTrue();
      assertThat(day.values())
          .containsEntry("left_usd", 4.0)
          .containsEntry("left_tokens", 7_000L)
          .containsEntry("calls", 3L)
          .containsEntry("unpriced_calls", 1L)
          .containsEntry("from", "2026-06-10T00:00:00.000000+00:00");
      assertThat(
              of(world, new Budget(null, Period.MONTH, 50.0, null), Dates.UTC, NOON).isExceeded())
          .isTrue();
      assertThat(of(world, new Budget("shop", Period.DAY, 10.0, null), Dates.UTC, NOON).spentUsd())
          .isCloseTo(6, within(1e-9));
      assertThat(
              of(world, new Budget("other", Period.DAY, 10.0, null), Dates.UTC, NOON)
                  .spent()
                  .calls())
          .isZero();
    }
  }

  @Test
  void aDayBeginsWhereTheReaderIs() {
    try (AWorld world = new AWorld()) {
      world.modelCall(Instant.parse("2026-06-09T23:30:00Z"), "a", "known", 3_000, 1);

      Budget day = new Budget(null, Period.DAY, 10.0, null);
      assertThat(of(world, day, Dates.UTC, NOON).spentUsd()).isZero();
      assertThat(of(world, day, new Dates(ZoneId.of("Europe/Berlin")), NOON).spentUsd())
          .isCloseTo(3, within(1e-9));
    }
  }

  @Test
  void nothingIsSaidOfAPaceBeforeATenthOfThePeriodIsOver() {
    try (AWorld world = new AWorld()) {
      Instant early = Instant.parse("2026-06-10T01:00:00Z");
      world.modelCall(early.minusSeconds(10), "a", "known", 3_000, 1);

      Standing day = of(world, new Budget(null, Period.DAY, 10.0, null), Dates.UTC, early);

      assertThat(day.paceUsd()).isNull();
      assertThat(day.paceExceeds()).isFalse();
      assertThat(day.words()).isEqualTo("the budget of the day, $3.00 of $10.00");
    }
  }
}
