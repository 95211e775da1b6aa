package dev.flightlog.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static Forecast of(double... amounts) {
    Forecast forecast = Forecast.of(amounts);
    if (forecast == null) {
      throw new AssertionError("no forecast");
    }
    return forecast;
  }

  @Test
  void whatIsAlwaysTheSameStaysSo() {
    Forecast forecast = of(7, 7, 7, 7, 7, 7, 7, 7, 7);
    assertThat(forecast.value()).isEqualTo(7);
    assertThat(forecast.low()).isEqualTo(7);
    assertThat(forecast.high()).isEqualTo(7);
  }

  @Test
  void aSteadyRiseGoesOn() {
    Forecast forecast = of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    assertThat(forecast.method()).isEqualTo("trend_6");
    assertThat(forecast.value()).isCloseTo(110, within(1e-9));
  }

  @Test
  void aFallNeverEndsBelowZero() {
    assertThat(of(50, 40, 30, 20, 10, 0).value()).isZero();
  }

  @Test
  void belowFourWeeksThereIsNoneAndBelowEightNoInterval() {
    assertThat(Forecast.of(new double[] {1, 2, 3})).isNull();
    assertThat(of(1, 2, 3, 4, 5, 6, 7).low()).isNull();
    assertThat(of(1, 2, 3, 4, 5, 6, 7, 8).low()).isNotNull();
    assertThat(Forecast.past(new double[] {1, 2, 3, 4}).backtests()).isZero();
    assertThat(Forecast.past(new double[] {1, 2, 3, 4}).typicalError()).isNull();
  }

  @Test
  void theIntervalHoldsAboutFourOfFive() {
    Random random = new Random(5);
    long intervals = 0;
    long inside = 0;
    for (int world = 0; world < 200; world++) {
      double[] weeks = new double[30];
      for (int i = 0; i < weeks.length; i++) {
        weeks[i] = Math.max(0, 100 + 20 * random.nextGaussian());
      }
      Forecast.Past past = Forecast.past(weeks);
      intervals += past.intervals();
      inside += past.inside();
    }
    assertThat((double) inside / intervals).isBetween(0.72, 0.9);
  }

  @Test
  void pastForecastsKnowNothingOfWhatCameAfter() {
    double[] weeks = {10, 12, 11, 10, 12, 11, 10, 12, 11, 90};
    Forecast.Past past = Forecast.past(weeks);
    assertThat(past.backtests()).isEqualTo(6);
    assertThat(past.inside()).isLessThan(past.intervals());
  }
}
