package dev.flightlog.analysis.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * How well said probabilities fit outcomes: the Brier score (1950) and its parts in ten equal bins
 * by Murphy (1973), {@code brier = reliability - resolution + uncertainty + within}. The last part
 * is what is lost because claims of one bin differ (Stephenson and others, 2008); it may be
 * negative. Without pairs all are 0.
 */
public record Calibration(
    long count,
    double said,
    double right,
    double brier,
    double reliability,
    double resolution,
    double uncertainty,
    double within,
    List<Bin> bins) {
  private static final int BINS = 10;

  /** What was said, 0 to 1, and whether it came so. */
  public record Pair(double said, boolean right) {}

  /** The claims from one tenth to the next; the last holds 1, too. */
  public record Bin(double from, double to, long count, double said, double right) {}

  public static Calibration of(List<Pair> pairs) {
    long[] counts = new long[BINS];
    double[] said = new double[BINS];
    long[] right = new long[BINS];
    double square = 0;
    double allSaid = 0;
    long allRight = 0;
    for (Pair pair : pairs) {
      int bin = Math.min(BINS - 1, (int) (pair.said * BINS));
      double outcome = pair.right ? 1 : 0;
      counts[bin]++;
      said[bin] += pair.said;
      right[bin] += pair.right ? 1 : 0;
      allSaid += pair.said;
      allRight += pair.right ? 1 : 0;
      square += (pair.said - outcome) * (pair.said - outcome);
    }
    long count = pairs.size();
    if (count == 0) {
      return new Calibration(0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }
    double rate = (double) allRight / count;
    double reliability = 0;
    double resolution = 0;
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        double mean = said[i] / counts[i];
        double share = (double) right[i] / counts[i];
        reliability += counts[i] * (mean - share) * (mean - share) / count;
        resolution += counts[i] * (share - rate) * (share - rate) / count;
        bins.add(new Bin((double) i / BINS, (i + 1.0) / BINS, counts[i], mean, share));
      }
    }
    double brier = square / count;
    double uncertainty = rate * (1 - rate);
    double within = brier - reliability + resolution - uncertainty;
    return new Calibration(
        count,
        allSaid / count,
        rate,
        brier,
        reliability,
        resolution,
        uncertainty,
        within,
        List.copyOf(bins));
  }
}
