package dev.flightlog.analysis.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The next of a row of amounts. Five plain methods forecast each earlier amount from those before
 * it; the one with the least mean error is taken ("rolling origin": Tashman, 2000), and its past
 * errors make the interval without assuming how they are distributed.
 *
 * @param low null when there are too few past errors
 * @param high null when there are too few past errors
 */
public record Forecast(String method, double value, @Nullable Double low, @Nullable Double high) {
  /** Fewer amounts are not forecast. */
  public static final int FEWEST = 4;

  /** Past errors for an interval: four of five of them lie within the largest but one at five. */
  private static final int FEWEST_ERRORS = 5;

  /** The earliest amount that is forecast from those before it. */
  private static final int FIRST = 3;

  private static final double INSIDE = 0.8;

  private static final String[] METHODS = {"mean_4", "last", "smooth_0.3", "smooth_0.6", "trend_6"};

  /**
   * How earlier forecasts went, each made from the amounts before it alone.
   *
   * @param typicalError median of the error over the outcome; null without any
   * @param inside how many of the intervals held the outcome
   */
  public record Past(long backtests, @Nullable Double typicalError, long intervals, long inside) {}

  /** Null when there are too few amounts. */
  public static @Nullable Forecast of(double[] amounts) {
    return of(amounts, amounts.length);
  }

  private static @Nullable Forecast of(double[] amounts, int size) {
    if (size < FEWEST) {
      return null;
    }
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int method = 0; method < METHODS.length; method++) {
      double sum = 0;
      for (double error : errors(method, amounts, size)) {
        sum += error;
      }
      if (sum < least) {
        least = sum;
        best = method;
      }
    }
    double value = Math.max(0, next(best, amounts, size));
    double[] errors = errors(best, amounts, size);
    if (errors.length < FEWEST_ERRORS) {
      return new Forecast(METHODS[best], value, null, null);
    }
    Arrays.sort(errors);
    int rank = (int) Math.ceil((errors.length + 1) * INSIDE);
    double reach = errors[Math.min(errors.length, rank) - 1];
    return new Forecast(METHODS[best], value, Math.max(0, value - reach), value + reach);
  }

  /** Forecasts every amount from those before it, choice of method and interval included. */
  public static Past past(double[] amounts) {
    double[] relative = new double[amounts.length];
    int known = 0;
    long backtests = 0;
    long intervals = 0;
    long inside = 0;
    for (int size = FEWEST; size < amounts.length; size++) {
      Forecast forecast = of(amounts, size);
      if (forecast == null) {
        continue;
      }
      double outcome = amounts[size];
      backtests++;
      if (outcome > 0) {
        relative[known++] = Math.abs(forecast.value - outcome) / outcome;
      }
      Double low = forecast.low;
      Double high = forecast.high;
      if (low != null && high != null) {
        intervals++;
        inside += outcome >= low && outcome <= high ? 1 : 0;
      }
    }
    return new Past(backtests, known == 0 ? null : median(relative, known), intervals, inside);
  }

  private static double[] errors(int method, double[] amounts, int size) {
    double[] errors = new double[size - FIRST];
    for (int at = FIRST; at < size; at++) {
      errors[at - FIRST] = Math.abs(Math.max(0, next(method, amounts, at)) - amounts[at]);
    }
    return errors;
  }

  private static double next(int method, double[] amounts, int size) {
    return switch (method) {
      case 0 -> mean(amounts, Math.max(0, size - 4), size);
      case 1 -> amounts[size - 1];
      case 2 -> smooth(amounts, size, 0.3);
      case 3 -> smooth(amounts, size, 0.6);
      default -> trend(amounts, Math.max(0, size - 6), size);
    };
  }

  private static double mean(double[] amounts, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += amounts[i];
    }
    return sum / (to - from);
  }

  private static double smooth(double[] amounts, int size, double weight) {
    double level = amounts[0];
    for (int i = 1; i < size; i++) {
      level += weight * (amounts[i] - level);
    }
    return level;
  }

  /** The median of all slopes, and the line through the median of what it leaves. */
  private static double trend(double[] amounts, int from, int to) {
    int size = to - from;
    double[] slopes = new double[size * (size - 1) / 2];
    int count = 0;
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        slopes[count++] = (amounts[j] - amounts[i]) / (j - i);
      }
    }
    double slope = median(slopes, count);
    double[] levels = new double[size];
    for (int i = 0; i < size; i++) {
      levels[i] = amounts[from + i] - slope * i;
    }
    return median(levels, size) + slope * size;
  }

  private static double median(double[] numbers, int size) {
    Double median = Median.of(Arrays.copyOf(numbers, size));
    return median == null ? 0 : median;
  }
}
