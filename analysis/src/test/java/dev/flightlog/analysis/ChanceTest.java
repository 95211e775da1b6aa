package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Chance.Verdict;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChanceTest {
  private static final int ROUNDS = 4000;

  @Test
  void equalSharesAreSeldomCalledReal() {
    Random random = new Random(1);
    int real = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int n1 = 10 + random.nextInt(200);
      int n2 = 10 + random.nextInt(200);
      double share = 0.02 + 0.5 * random.nextDouble();
      real += isReal(Chance.ofShares(hits(random, n1, share), n1, hits(random, n2, share), n2));
    }
    assertThat(real / (double) ROUNDS).isLessThan(0.06);
  }

  @Test
  void equalRatesAreSeldomCalledReal() {
    Random random = new Random(2);
    int real = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int n1 = 50 + random.nextInt(500);
      int n2 = 50 + random.nextInt(500);
      real += isReal(Chance.ofRates(hits(random, n1, 0.05), n1, hits(random, n2, 0.05), n2));
    }
    assertThat(real / (double) ROUNDS).isLessThan(0.07);
  }

  @Test
  void equalMediansAreSeldomCalledReal() {
    Random random = new Random(3);
    int real = 0;
    for (int round = 0; round < ROUNDS / 4; round++) {
      double[] a = times(random, 10 + random.nextInt(200), 1);
      double[] b = times(random, 10 + random.nextInt(200), 1);
      real += isReal(medians(a, b));
    }
    assertThat(real / (ROUNDS / 4.0)).isLessThan(0.05);
  }

  @Test
  void plantedDifferencesAreFoundWithTheirDirection() {
    Random random = new Random(4);
    assertThat(Chance.ofShares(60, 300, 12, 300)).isEqualTo(Verdict.LOWER);
    assertThat(Chance.ofShares(12, 300, 60, 300)).isEqualTo(Verdict.HIGHER);
    assertThat(Chance.ofRates(20, 300, 2, 300)).isEqualTo(Verdict.LOWER);
    assertThat(medians(times(random, 200, 1), times(random, 200, 2))).isEqualTo(Verdict.HIGHER);
  }

  @Test
  void smallSamplesAreToldAsSuch() {
    assertThat(Chance.ofShares(0, 3, 3, 3)).isEqualTo(Verdict.TOO_FEW);
    assertThat(Chance.ofRates(0, 100, 5, 100)).isEqualTo(Verdict.TOO_FEW);
    assertThat(Chance.ofRates(3, 0, 5, 100)).isEqualTo(Verdict.TOO_FEW);
    assertThat(Chance.ofShares(2, 40, 4, 40)).isEqualTo(Verdict.CHANCE);
  }

  private static int isReal(Verdict verdict) {
    return verdict == Verdict.LOWER || verdict == Verdict.HIGHER ? 1 : 0;
  }

  private static int hits(Random random, int trials, double share) {
    int hits = 0;
    for (int i = 0; i < trials; i++) {
      hits += random.nextDouble() < share ? 1 : 0;
    }
    return hits;
  }

  private static double[] times(Random random, int count, double scale) {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = scale * Math.exp(random.nextGaussian());
    }
    Arrays.sort(times);
    return times;
  }

  private static Verdict medians(double[] a, double[] b) {
    double reachA = Chance.reachOfMedian(a.length);
    double reachB = Chance.reachOfMedian(b.length);
    return Chance.ofMedians(
        a.length,
        at(a, 0.5 - reachA),
        at(a, 0.5 + reachA),
        b.length,
        at(b, 0.5 - reachB),
        at(b, 0.5 + reachB));
  }

  private static double at(double[] sorted, double rank) {
    return sorted[(int) Math.max(0, Math.ceil(rank * sorted.length) - 1)];
  }
}
