package dev.flightlog.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final Measurements found = new Measurements();

  @Test
  void aRatioIsTheMedianOfTheRatiosOfTheRounds() {
    add("ours", 10, 90, 30);
    add("theirs", 10, 30, 20);
    assertThat(found.ratio("ours", "theirs", "ms")).isEqualTo(1.5);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Measurements.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
  }

  @Test
  void aVerdictSaysWhetherTheTargetIsMet() {
    add("ours", 10, 10, 10);
    add("theirs", 10, 20, 40);
    assertThat(Verdict.atMost("speed", 0.5, found, "ours", "theirs", "ms").met()).isTrue();
    assertThat(Verdict.atMost("speed", 0.4, found, "ours", "theirs", "ms").met()).isFalse();
    assertThat(Verdict.bound("time", 10, found, "ours", "ms").met()).isTrue();
    assertThat(Verdict.floor("time", 11, found, "ours", "ms").met()).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsAMistakeAndNotZero() {
    assertThatThrownBy(() -> found.median("nobody", "ms")).hasMessageContaining("nobody");
  }

  private void add(String contender, double... values) {
    for (double value : values) {
      found.add(contender, "ms", value);
    }
  }
}
