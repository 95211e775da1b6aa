package dev.flightlog.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.statistics.Chance.Verdict;
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
  void plantedDifferencesAreFoundWithTheirDirection() {
    assertThat(Chance.ofShares(60, 300, 12, 300)).isEqualTo(Verdict.LOWER);
    assertThat(Chance.ofShares(12, 300, 60, 300)).isEqualTo(Verdict.HIGHER);
  }

  @Test
  void smallSamplesAreToldAsSuch() {
    assertThat(Chance.ofShares(0, 3, 3, 3)).isEqualTo(Verdict.TOO_FEW);
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
}
