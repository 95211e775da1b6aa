package dev.flightlog.analysis.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The number in the middle. */
public final class Median {
  private Median() {}

  /** Of an even count the mean of the two in the middle; null of none. */
  public static @Nullable Double of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length == 0
        ? null
        : (Double) (sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }
}
