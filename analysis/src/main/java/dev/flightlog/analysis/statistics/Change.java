package dev.flightlog.analysis.statistics;

import org.jspecify.annotations.Nullable;

/**
 * How much a number changed from one week to the next, and how sure that is. Days differ from one
 * another; how much they do within both weeks tells what a difference between the weeks is worth
 * (Welch's interval over days). Events of one day belong together, so they are never taken one by
 * one. Immutable.
 *
 * @param now of the later week
 * @param before of the earlier one
 * @param low the 95 % interval of {@code now - before} begins here
 * @param high and ends here
 */
public record Change(double now, double before, double low, double high) {
  /** The 97.5 % points of Student's distribution for 1 to 12 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179
  };

  /** Which way it went. */
  public enum Direction {
    UP,
    DOWN,
    /** The days differ too much from one another to tell. */
    UNCLEAR
  }

  /**
   * Of sums over the days.
   *
   * @param now a number a day
   * @param before as many
   */
  public static Change ofSums(double[] now, double[] before) {
    return of(sum(now), sum(before), spread(now), spread(before), now.length);
  }

  /**
   * Of a part over its whole, such as failed calls over calls; null when either week has no whole.
   *
   * @param parts now, a number a day
   * @param wholes now
   */
  public static @Nullable Change ofShares(
      double[] parts, double[] wholes, double[] partsBefore, double[] wholesBefore) {
    double whole = sum(wholes);
    double wholeBefore = sum(wholesBefore);
    if (whole == 0 || wholeBefore == 0) {
      return null;
    }
    double share = sum(parts) / whole;
    double shareBefore = sum(partsBefore) / wholeBefore;
    return of(
        share,
        shareBefore,
        spread(rests(parts, wholes, share)),
        spread(rests(partsBefore, wholesBefore, shareBefore)),
        parts.length);
  }

  /** What each day adds to or takes from a share. */
  private static double[] rests(double[] parts, double[] wholes, double share) {
    double[] rests = new double[parts.length];
    double all = sum(wholes);
    for (int i = 0; i < rests.length; i++) {
      rests[i] = (parts[i] - share * wholes[i]) / all;
    }
    return rests;
  }

  private static Change of(double now, double before, double vNow, double vBefore, int days) {
    double variance = vNow + vBefore;
    double half = 0;
    if (variance > 0) {
      double freedom =
          variance * variance / ((vNow * vNow + vBefore * vBefore) / Math.max(1, days - 1));
      half = student(freedom) * Math.sqrt(variance);
    }
    return new Change(now, before, now - before - half, now - before + half);
  }

  private static double student(double freedom) {
    return STUDENT[Math.clamp((long) Math.floor(freedom) - 1, 0, STUDENT.length - 1)];
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  /** The variance of the sum of these, each seen as drawn from all days alike. */
  private static double spread(double[] numbers) {
    double mean = sum(numbers) / numbers.length;
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return numbers.length < 2 ? 0 : squares / (numbers.length - 1) * numbers.length;
  }

  public Direction direction() {
    if (low > 0) {
      return Direction.UP;
    }
    return high < 0 ? Direction.DOWN : Direction.UNCLEAR;
  }

  /** The change as a part of what was before; null when there was nothing. */
  public @Nullable Double relative() {
    return ofBefore(now - before);
  }

  public @Nullable Double relativeLow() {
    return ofBefore(low);
  }

  public @Nullable Double relativeHigh() {
    return ofBefore(high);
  }

  private @Nullable Double ofBefore(double change) {
    return before == 0 ? null : (Double) (change / before);
  }
}
