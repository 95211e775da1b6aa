package dev.flightlog.analysis.statistics;

/**
 * Whether a difference between two samples is more than chance would bring in one of twenty
 * comparisons. Calls of one session are alike, so a real difference is a strong hint and no proof.
 */
public final class Chance {
  /** The standard normal deviate of a two-sided 95 % interval. */
  private static final double Z = 1.96;

  /** Fewer trials on a side tell nothing. */
  private static final int FEWEST = 10;

  /** What can be said about the second sample against the first. */
  public enum Verdict {
    LOWER("real: lower"),
    HIGHER("real: higher"),
    CHANCE("may be chance"),
    TOO_FEW("too few to tell"),
    UNTESTED("not tested");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private Chance() {}

  /** Two shares, by the 95 % interval of their difference (Agresti and Caffo, 2000). */
  public static Verdict ofShares(long part1, long whole1, long part2, long whole2) {
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
   * How far from the middle the ranks lie between which the true median is found with 95 %: the
   * normal form of the sign test, and the store's own tolerance of rank.
   */
  public static double reachOfMedian(long samples) {
    return Math.min(0.5, Z / 2 / Math.sqrt(samples) + 0.01);
  }

  private static Verdict verdict(double difference, double reach) {
    return difference > reach
        ? Verdict.HIGHER
        : difference < -reach ? Verdict.LOWER : Verdict.CHANCE;
  }
}
