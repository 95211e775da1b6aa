package dev.flightlog.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.analysis.statistics.Calibration.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void whoIsSureAndRightHasNoError() {
    Calibration all = Calibration.of(List.of(new Pair(1, true), new Pair(0, false)));
    assertThat(all.brier()).isZero();
    assertThat(all.reliability()).isZero();
    assertThat(all.resolution()).isEqualTo(all.uncertainty()).isEqualTo(0.25);
  }

  @Test
  void sureAndWrongIsTheWorst() {
    assertThat(Calibration.of(List.of(new Pair(1, false))).brier()).isEqualTo(1);
  }

  @Test
  void thePartsAddUpToTheScore() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(300); i++) {
        pairs.add(new Pair(random.nextInt(101) / 100.0, random.nextInt(3) > 0));
      }
      Calibration all = Calibration.of(pairs);
      assertThat(all.reliability() - all.resolution() + all.uncertainty() + all.within())
          .isCloseTo(all.brier(), within(1e-12));
      assertThat(Math.abs(all.within())).isLessThan(0.1);
      assertThat(all.bins().stream().mapToLong(Calibration.Bin::count).sum())
          .isEqualTo(pairs.size());
    }
  }

  @Test
  void withoutClaimsThereIsNothing() {
    assertThat(Calibration.of(List.of()).bins()).isEmpty();
  }
}
