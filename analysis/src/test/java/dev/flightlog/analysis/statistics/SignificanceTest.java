package dev.flightlog.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  @Test
  void theExactTestsGiveTheirTextbookValues() {
    assertThat(Significance.ofShares(3, 4, 1, 4)).isCloseTo(0.4857142857, within(1e-9));
    assertThat(Significance.ofShares(1, 12, 9, 12)).isCloseTo(0.0027594, within(1e-6));
    assertThat(Significance.ofRates(0, 100, 5, 100)).isCloseTo(0.0625, within(1e-9));
    assertThat(Significance.ofRates(3, 10, 3, 10)).isCloseTo(1, within(1e-9));
  }

  @Test
  void theNormalFormMeetsTheExactOne() {
    assertThat(Significance.twoSided(1.959964)).isCloseTo(0.05, within(1e-6));
    assertThat(Significance.twoSided(-3.290527)).isCloseTo(0.001, within(1e-7));
    double exact = Significance.ofShares(9_800, 100_000, 10_100, 100_000);
    double normal = Significance.ofShares(10_800, 100_000, 11_100, 100_000);
    assertThat(exact).isBetween(0.01, 0.04);
    assertThat(normal).isBetween(0.01, 0.05);
  }

  @Test
  void samplesThatDoNotOverlapAreTold() {
    double[] low = {1, 2, 3, 4, 5, 6};
    double[] high = {11, 12, 13, 14, 15, 16};
    assertThat(Significance.ofRanks(low, high)).isLessThan(0.01);
    assertThat(Significance.ofRanks(low, low)).isGreaterThan(0.9);
    assertThat(Significance.ofRanks(new double[] {1, 1}, new double[] {1, 1})).isEqualTo(1);
    assertThat(Significance.ofRanks(new double[0], low)).isNaN();
  }

  @Test
  void severalValuesAreCorrectedByHolm() {
    double[] corrected = Significance.corrected(new double[] {0.01, 0.04, Double.NaN, 0.03});
    assertThat(corrected[0]).isCloseTo(0.03, within(1e-12));
    assertThat(corrected[1]).isCloseTo(0.06, within(1e-12));
    assertThat(corrected[2]).isNaN();
    assertThat(corrected[3]).isCloseTo(0.06, within(1e-12));
  }

  @Test
  void equalSamplesAreSeldomToldApartEvenWhenFiveAreLookedAt() {
    Random random = new Random(3);
    int wrong = 0;
    for (int round = 0; round < 400; round++) {
      double[] values = new double[5];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            i % 2 == 0
                ? Significance.ofRanks(sample(random), sample(random))
                : Significance.ofShares(hits(random), 200, hits(random), 200);
      }
      wrong += Arrays.stream(Significance.corrected(values)).min().orElse(1) < 0.05 ? 1 : 0;
    }
    assertThat(wrong / 400.0).isLessThan(0.07);
  }

  @Test
  void mediansAreToldApartByTheirIntervals() {
    assertThat(Significance.ofMedians(100, 90, 111, 105, 94, 117)).isGreaterThan(0.4);
    assertThat(Significance.ofMedians(100, 90, 111, 200, 180, 222)).isLessThan(1e-6);
    assertThat(Significance.ofMedians(0, 0, 1, 1, 1, 1)).isNaN();
  }

  private static double[] sample(Random random) {
    double[] sample = new double[12];
    Arrays.setAll(sample, i -> Math.exp(random.nextGaussian()));
    return sample;
  }

  private static int hits(Random random) {
    int hits = 0;
    for (int i = 0; i < 200; i++) {
      hits += random.nextInt(10) == 0 ? 1 : 0;
    }
    return hits;
  }
}
