package dev.flightlog.learning.verdict;

import java.util.List;

/**
 * What can be said of a rule that every session was given from one day on: no chance drew who was
 * given it, so whatever else changed on that day is part of the difference. At best weak evidence;
 * none when the model changed, unless one model alone shows the difference. Stateless.
 */
public final class BeforeAfter {
  /** Of the normal distribution, for an interval of 95 %. */
  private static final double Z = 1.959964;

  private BeforeAfter() {}

  /**
   * How often something was done, and how well that is known.
   *
   * @param halfWidth of the interval of 95 %
   */
  public record Share(double estimate, double halfWidth) {

    /** Of independent cases: the interval of Agresti and Coull. */
    public static Share of(long count, long cases) {
      if (count < 0 || cases < Math.max(1, count)) {
        throw new IllegalArgumentException(
            "the count must lie between 0 and the cases, but they are " + count + " of " + cases);
      }
      double n = cases + Z * Z;
      double p = (count + Z * Z / 2) / n;
      return new Share((double) count / cases, Z * Math.sqrt(p * (1 - p) / n));
    }
  }

  /**
   * Both sides of the day.
   *
   * @param moreIsBetter whether the share counts what is wanted, and not errors
   */
  public record Change(Share before, Share after, boolean moreIsBetter) {
    private double improvement() {
      double difference = after.estimate - before.estimate;
      return moreIsBetter ? difference : -difference;
    }

    private boolean isClear() {
      return Math.abs(improvement()) > Math.hypot(before.halfWidth, after.halfWidth);
    }
  }

  /** What is said. */
  public enum Said {
    WORKS("works (before/after only, weak evidence)"),
    HARMS("harms (before/after only, weak evidence)"),
    NO_EVIDENCE("no evidence of an effect (before/after only)"),
    MODEL_CHANGED("cannot be known: the model changed"),
    ADVICE("cannot be known: it is advice, and no record tells whether it helps");

    private final String words;

    Said(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** When the same models worked on both sides. */
  public static Said judge(Change all) {
    if (!all.isClear()) {
      return Said.NO_EVIDENCE;
    }
    return all.improvement() > 0 ? Said.WORKS : Said.HARMS;
  }

  /**
   * When the models differ: only what one model shows on both sides counts, and all that show
   * something must agree.
   *
   * @param withinModels of each model that worked on both sides; may be empty
   */
  public static Said judgeWithin(List<Change> withinModels) {
    List<Said> clear =
        withinModels.stream().filter(Change::isClear).map(BeforeAfter::judge).distinct().toList();
    return clear.size() == 1 ? clear.getFirst() : Said.MODEL_CHANGED;
  }
}
