package dev.flightlog.wording.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "2, 3", "20, 27", "100, 135", "101, 137", "1000, 1350"})
  void theStandardFactorIsRoundedUpOnce(int counted, int estimated) {
    assertThat(TokenEstimate.standard().ofCount(counted)).isEqualTo(estimated);
  }

  @Test
  void aTextCostsItsCountTimesTheFactor() {
    assertThat(TokenEstimate.standard().of("hello world")).isEqualTo(3);
    assertThat(new TokenEstimate(1).of("hello world")).isEqualTo(2);
    assertThat(TokenEstimate.standard().of("")).isZero();
  }

  @Test
  void theCountWithinABudgetIsTheGreatestThatHoldsIt() {
    for (double factor : new double[] {1, 1.1, 1.35, 1.999, 10}) {
      TokenEstimate estimate = new TokenEstimate(factor);
      for (int budget = 0; budget < 3_000; budget++) {
        int count = estimate.countWithin(budget);
        assertThat(estimate.ofCount(count)).isLessThanOrEqualTo(budget);
        assertThat(estimate.ofCount(count + 1)).isGreaterThan(budget);
      }
    }
  }

  @Test
  void anEstimateTooLargeForAnIntIsTheLargestInt() {
    assertThat(new TokenEstimate(10).ofCount(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.99, 10.01, -1.35, Double.NaN, Double.POSITIVE_INFINITY})
  void aFactorOutsideOneToTenIsRefusedWithItsValue(double factor) {
    assertThatThrownBy(() -> new TokenEstimate(factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("safety factor is " + factor + "; it must be from 1 to 10, such as 1.35");
  }

  @Test
  void aModelTakesTheFactorOfItsLongestFamily() {
    SafetyFactors factors =
        new SafetyFactors(1.35, Map.of("gpt", 1.0, "Claude", 1.4, "claude-opus", 1.6));

    assertThat(factors.estimateFor("gpt-4o").factor()).isEqualTo(1.0);
    assertThat(factors.estimateFor("us.anthropic.claude-3-haiku").factor()).isEqualTo(1.4);
    assertThat(factors.estimateFor("CLAUDE-OPUS-4-1").factor()).isEqualTo(1.6);
    assertThat(factors.estimateFor("gemini-2.5-pro").factor()).isEqualTo(1.35);
    assertThat(factors.estimateFor(null).factor()).isEqualTo(1.35);
    assertThat(SafetyFactors.standardOnly().estimateFor("gpt-4o").factor()).isEqualTo(1.35);
  }

  @Test
  void aWrongFactorOfAFamilyIsRefusedByName() {
    assertThatThrownBy(() -> new SafetyFactors(1.35, Map.of("claude", 0.5)))
        .hasMessage(
            "safety factor of model family claude is 0.5; it must be from 1 to 10, such as 1.35");
    assertThatThrownBy(() -> new SafetyFactors(1.35, Map.of(" ", 2.0)))
        .hasMessageContaining("has no name");
  }
}
