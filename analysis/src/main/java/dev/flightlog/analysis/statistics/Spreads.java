package dev.flightlog.analysis.statistics;

import dev.flightlog.analysis.statistics.Slowdowns.Cell;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How far the logarithm of a cell's mean of a day scatters by itself, as if a day had one run: from
 * the differences of neighbouring days, so that a change does not hide itself, and their median, so
 * that an outlier does not.
 */
public final class Spreads {
  /** How many comparisons the spread of all cells counts beside that of a cell itself. */
  private static final double PRIOR = 6;

  /** The median of the square of a standard normal number. */
  private static final double MEDIAN_SQUARE = 0.4549;

  private Spreads() {}

  /** Sets the spread of each cell; one with few days leans to what is common. */
  public static void estimate(List<Cell> cells, int days) {
    double[] medians = new double[cells.size()];
    int[] sizes = new int[cells.size()];
    int known = 0;
    double[] every = new double[cells.size()];
    for (int i = 0; i < medians.length; i++) {
      double[] squares = squares(cells.get(i), days);
      sizes[i] = squares.length;
      medians[i] =
          squares.length == 0 ? 0 : Objects.requireNonNull(Median.of(squares)) / MEDIAN_SQUARE;
      if (squares.length >= Slowdowns.LEAST_DAYS) {
        every[known++] = medians[i];
      }
    }
    double common = known == 0 ? 1 : Objects.requireNonNull(Median.of(Arrays.copyOf(every, known)));
    for (int i = 0; i < medians.length; i++) {
      double own = medians[i] * sizes[i];
      cells.get(i).spread = Math.max(0.04, (own + common * PRIOR) / (sizes[i] + PRIOR));
    }
  }

  /** Squares of differences of neighbouring blocks of days, in units of their expected size. */
  private static double[] squares(Cell cell, int days) {
    double[] squares = new double[days];
    int count = 0;
    double runs = 0;
    double millis = 0;
    double runsBefore = 0;
    double logBefore = 0;
    for (int day = 0; day < days; day++) {
      runs += cell.runs[day];
      millis += cell.millis[day];
      if (runs >= Slowdowns.LEAST_RUNS && millis > 0) {
        double log = Math.log(millis / runs);
        if (runsBefore > 0) {
          double difference = log - logBefore;
          squares[count++] = difference * difference / (1 / runs + 1 / runsBefore);
        }
        runsBefore = runs;
        logBefore = log;
        runs = 0;
        millis = 0;
      }
    }
    return Arrays.copyOf(squares, count);
  }
}
