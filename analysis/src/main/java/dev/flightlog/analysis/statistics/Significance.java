package dev.flightlog.analysis.statistics;

import dev.flightlog.wording.Order;
import java.util.Arrays;

/**
 * How likely chance alone makes a difference at least as large: two-sided p-values, and what is
 * left of them when several are looked at. Not a number means that nothing can be tested.
 */
public final class Significance {
  /** Above it sums over all tables take too long, and the normal form is as good. */
  private static final long EXACT = 20_000;

  /** Outcomes as likely as the one observed count as it, in spite of rounding. */
  private static final double EQUAL = 1 + 1e-7;

  private Significance() {}

  /** Two shares: the exact test of Fisher (1935), for many events the normal form of it. */
  public static double ofShares(long part1, long whole1, long part2, long whole2) {
    long parts = part1 + part2;
    long all = whole1 + whole2;
    if (whole1 <= 0 || whole2 <= 0) {
      return Double.NaN;
    }
    if (parts == 0 || parts == all) {
      return 1;
    }
    if (parts > EXACT) {
      double share = (double) parts / all;
      double error = Math.sqrt(share * (1 - share) * (1.0 / whole1 + 1.0 / whole2));
      return twoSided(((double) part2 / whole2 - (double) part1 / whole1) / error);
    }
    double limit = hypergeometric(part1, parts, whole1, all) + Math.log(EQUAL);
    double sum = 0;
    for (long i = Math.max(0, parts - whole2); i <= Math.min(parts, whole1); i++) {
      double log = hypergeometric(i, parts, whole1, all);
      sum += log <= limit ? Math.exp(log) : 0;
    }
    return Math.min(1, sum);
  }

  private static double hypergeometric(long hits, long parts, long drawn, long all) {
    return choose(parts, hits) + choose(all - parts, drawn - hits) - choose(all, drawn);
  }

  /**
   * Two counts over two amounts of work: given their sum, the second is binomial (Przyborowski and
   * Wilenski, 1940).
   */
  public static double ofRates(long count1, long amount1, long count2, long amount2) {
    long all = count1 + count2;
    if (amount1 <= 0 || amount2 <= 0) {
      return Double.NaN;
    }
    double expected = (double) amount2 / (amount1 + amount2);
    if (all > EXACT) {
      return twoSided((count2 - all * expected) / Math.sqrt(all * expected * (1 - expected)));
    }
    double limit = binomial(count2, all, expected) + Math.log(EQUAL);
    double sum = 0;
    for (long i = 0; i <= all; i++) {
      double log = binomial(i, all, expected);
      sum += log <= limit ? Math.exp(log) : 0;
    }
    return Math.min(1, sum);
  }

  private static double binomial(long hits, long all, double share) {
    return choose(all, hits) + hits * Math.log(share) + (all - hits) * Math.log1p(-share);
  }

  /**
   * Two medians by their 95 % intervals, in logarithms (Bonett and Price, 2002).
   *
   * @param low1 the lower end of the first's interval, above 0
   */
  public static double ofMedians(
      double median1, double low1, double high1, double median2, double low2, double high2) {
    if (!(low1 > 0 && low2 > 0 && median1 > 0 && median2 > 0)) {
      return Double.NaN;
    }
    double width1 = Math.log(high1 / low1);
    double width2 = Math.log(high2 / low2);
    double error = Math.sqrt(width1 * width1 + width2 * width2) / (2 * 1.96);
    double difference = Math.log(median2 / median1);
    return error == 0 ? (difference == 0 ? 1 : 0) : twoSided(difference / error);
  }

  /** Two samples by rank (Mann and Whitney, 1947), in the normal form, ties counted half. */
  public static double ofRanks(double[] sample1, double[] sample2) {
    int n1 = sample1.length;
    int n2 = sample2.length;
    double wins = 0;
    for (double a : sample1) {
      for (double b : sample2) {
        wins += b > a ? 1 : b == a ? 0.5 : 0;
      }
    }
    double ties = ties(sample1, sample2);
    double all = n1 + n2;
    double variance = n1 * (double) n2 / 12 * (all + 1 - ties / (all * (all - 1)));
    if (n1 == 0 || n2 == 0) {
      return Double.NaN;
    }
    if (!(variance > 0)) {
      return 1;
    }
    double away = Math.max(0, Math.abs(wins - n1 * n2 / 2.0) - 0.5);
    return twoSided(away / Math.sqrt(variance));
  }

  private static double ties(double[] sample1, double[] sample2) {
    double[] all = Arrays.copyOf(sample1, sample1.length + sample2.length);
    System.arraycopy(sample2, 0, all, sample1.length, sample2.length);
    Arrays.sort(all);
    double ties = 0;
    for (int i = 0; i < all.length; ) {
      int next = i;
      while (next < all.length && all[next] == all[i]) {
        next++;
      }
      double run = next - i;
      ties += run * run * run - run;
      i = next;
    }
    return ties;
  }

  /**
   * The p-values as they count when all are looked at: those of Holm (1979). What is not a number
   * stays so and does not count.
   */
  public static double[] corrected(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Order.comparingDouble((Integer i) -> values[i]));
    int tested = 0;
    for (double value : values) {
      tested += Double.isNaN(value) ? 0 : 1;
    }
    double[] corrected = values.clone();
    double largest = 0;
    for (int i = 0; i < tested; i++) {
      largest = Math.max(largest, Math.min(1, values[order[i]] * (tested - i)));
      corrected[order[i]] = largest;
    }
    return corrected;
  }

  /** The chance that a standard normal number lies at least so far from 0. */
  public static double twoSided(double deviations) {
    double x = Math.abs(deviations) / Math.sqrt(2);
    return Math.min(1, complementaryError(x));
  }

  /**
   * The complementary error function, to 1.2e-7 of itself (Press and others, Numerical Recipes).
   */
  private static double complementaryError(double x) {
    double t = 1 / (1 + 0.5 * x);
    double[] terms = {
      -1.26551223,
      1.00002368,
      0.37409196,
      0.09678418,
      -0.18628806,
      0.27886807,
      -1.13520398,
      1.48851587,
      -0.82215223,
      0.17087277
    };
    double sum = 0;
    for (int i = terms.length - 1; i >= 0; i--) {
      sum = terms[i] + t * sum;
    }
    return t * Math.exp(-x * x + sum);
  }

  private static double choose(long all, long some) {
    return logFactorial(all) - logFactorial(some) - logFactorial(all - some);
  }

  /** Exact sums for small numbers, Stirling's series for others. */
  private static double logFactorial(long number) {
    if (number < 30) {
      double sum = 0;
      for (long i = 2; i <= number; i++) {
        sum += Math.log(i);
      }
      return sum;
    }
    double n = number + 1.0;
    return (n - 0.5) * Math.log(n)
        - n
        + 0.5 * Math.log(2 * Math.PI)
        + 1 / (12 * n)
        - 1 / (360 * n * n * n);
  }
}
