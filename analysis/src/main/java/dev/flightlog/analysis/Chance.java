package dev.flightlog.analysis;

/**
 * Whether a difference between two samples is more than chance would bring in one of twenty
 * comparisons. Calls of one session are alike, so a real difference is a strong hint and no proof.
 */
final class Chance {
  /** The standard normal deviate of a two-sided 95 % interval. */
  private static final double Z = 1.96;

  /** Fewer trials on a side tell nothing. */
  private static final int FEWEST = 10;

  /** Below six events, even if all fell to one side, chance would do so in more than 1 of 20. */
  private static final int FEWEST_EVENTS = 6;

  /** What can be said about the second sample against the first. */
  enum Verdict {
    LOWER("real: lower"),
    HIGHER("real: higher"),
    CHANCE("may be chance"),
    TOO_FEW("too few to tell"),
    UNTESTED("not tested");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private Chance() {}

  /** Two shares, by the 95 % interval of their difference (Agresti and Caffo, 2000). */
  static Verdict ofShares(long part1, long whole1, long part2, long whole2) {
    if (whole1 < FEWEST || whole2 < FEWEST) {
      return Verdict.TOO_FEW;
    }
    double share1 = (part1 + 1.0) / (whole1 + 2.0);
    double share2 = (part2 + 1.0) / (whole2 + 2.0);
    double variance =
        share1 * (1 - share1) / (whole1 + 2.0) + share2 * (1 - share2) / (whole2 + 2.0);
    return verdict(share2 - share1, Z * Math.sqrt(variance));
  }

  /**
   * Two counts over two amounts of work. If the rates are equal, the second count's share of both
   * is the second amount's share; that is tested by the 95 % interval of Wilson (1927).
   */
  static Verdict ofRates(long count1, long amount1, long count2, long amount2) {
    long all = count1 + count2;
    if (all < FEWEST_EVENTS || amount1 <= 0 || amount2 <= 0) {
      return Verdict.TOO_FEW;
    }
    double expected = (double) amount2 / (amount1 + amount2);
    double share = (double) count2 / all;
    double square = Z * Z / all;
    double middle = (share + square / 2) / (1 + square);
    double reach = Z / (1 + square) * Math.sqrt(share * (1 - share) / all + square / all / 4);
    return verdict(middle - expected, reach);
  }

  /**
   * How far from the middle the ranks lie between which the true median is found with 95 %: the
   * normal form of the sign test, and the store's own tolerance of rank.
   */
  static double reachOfMedian(long samples) {
    return Math.min(0.5, Z / 2 / Math.sqrt(samples) + 0.01);
  }

  /** Two medians, by whether their 95 % intervals lie apart; cautious. */
  static Verdict ofMedians(
      long samples1, double low1, double high1, long samples2, double low2, double high2) {
    if (samples1 < FEWEST || samples2 < FEWEST) {
      return Verdict.TOO_FEW;
    }
    return high2 < low1 ? Verdict.LOWER : low2 > high1 ? Verdict.HIGHER : Verdict.CHANCE;
  }

  private static Verdict verdict(double difference, double reach) {
    return difference > reach
        ? Verdict.HIGHER
        : difference < -reach ? Verdict.LOWER : Verdict.CHANCE;
  }
}
