package dev.flightlog.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final int DRAWS = 4_000;

  @Test
  void aChangeIsToldByTheSumsAndItsIntervalByTheDays() {
    Change change =
        Change.ofSums(
            new double[] {20, 22, 18, 20, 21, 19, 20}, new double[] {10, 11, 9, 10, 10, 11, 9});
    assertThat(change.now()).isEqualTo(140);
    assertThat(change.before()).isEqualTo(70);
    assertThat(change.relative()).isEqualTo(1.0);
    // By hand: variances of the sums 11.67 and 4.67, 10.1 degrees of freedom, t = 2.228.
    assertThat(change.high() - change.low()).isCloseTo(2 * 2.228 * Math.sqrt(16.333), within(0.01));
    assertThat(change.direction()).isEqualTo(Change.Direction.UP);
  }

  @Test
  void oneWildDayProvesNothing() {
    Change change =
        Change.ofSums(
            new double[] {0, 0, 500, 0, 0, 0, 0}, new double[] {10, 11, 9, 10, 10, 11, 9});
    assertThat(change.direction()).isEqualTo(Change.Direction.UNCLEAR);
  }

  @Test
  void withoutChangeTheIntervalHoldsNoneInNineteenOfTwentyWeeks() {
    Random random = new Random(4);
    int missedSums = 0;
    int missedShares = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[][] wholes = new double[2][7];
      double[][] parts = new double[2][7];
      for (int week = 0; week < 2; week++) {
        for (int day = 0; day < 7; day++) {
          wholes[week][day] = 50 + random.nextInt(200);
          // Days have good and bad luck as a whole.
          double share = Math.clamp(0.1 + 0.03 * random.nextGaussian(), 0, 1);
          parts[week][day] = Math.round(share * wholes[week][day]);
        }
      }
      missedSums += isMissed(Change.ofSums(wholes[0], wholes[1])) ? 1 : 0;
      missedShares += isMissed(Change.ofShares(parts[0], wholes[0], parts[1], wholes[1])) ? 1 : 0;
    }
    assertThat((double) missedSums / DRAWS).isBetween(0.03, 0.06);
    assertThat((double) missedShares / DRAWS).isBetween(0.03, 0.08);
  }

  private static boolean isMissed(@org.jspecify.annotations.Nullable Change change) {
    return change != null && change.direction() != Change.Direction.UNCLEAR;
  }

  @Test
  void withoutAnythingBeforeThereIsNoRelativeChange() {
    Change change = Change.ofSums(new double[] {1, 1, 1, 1, 1, 1, 1}, new double[7]);
    assertThat(change.relative()).isNull();
    assertThat(Change.ofShares(new double[7], new double[7], new double[7], new double[7]))
        .isNull();
  }
}
