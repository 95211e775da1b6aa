package dev.flightlog.analysis.stories;

/**
 * How the rate of repeated errors of a story stands to that of another.
 *
 * @param ratio of the rates; 0.5 is half as many
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 * @param goal whether it is half or less
 */
public record StoryChange(double ratio, double low, double high, Goal goal) {
  /** Fewer tell nothing. */
  private static final int LEAST_ERRORS = 10;

  private static final int LEAST_SESSIONS = 5;
  private static final double Z = 1.96;
  private static final double HALF = 0.5;

  /** Whether there are at least 50 % fewer repeated errors. */
  public enum Goal {
    REACHED("reached"),
    NOT_REACHED("not reached"),
    /** The interval holds one half. */
    OPEN("open: it may be either"),
    TOO_FEW("too few to tell");

    private final String words;

    Goal(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Whether others can be compared with it: 10 repeated errors and 5 sessions at least. */
  static boolean canBeHeldAgainst(StoryFigures story) {
    return story.repeated() >= LEAST_ERRORS
        && story.sessions() >= LEAST_SESSIONS
        && story.calls() > 0;
  }

  /**
   * Compares two stories. The interval is that of the logarithm of the ratio; its variance comes
   * from how much sessions differ, because errors of one session are alike.
   */
  public static StoryChange of(StoryFigures before, StoryFigures after) {
    if (!canBeHeldAgainst(before) || after.sessions() < LEAST_SESSIONS || after.calls() == 0) {
      return new StoryChange(Double.NaN, Double.NaN, Double.NaN, Goal.TOO_FEW);
    }
    double errors = Math.max(after.repeated(), 0.5);
    double ratio = (errors / after.calls()) / ((double) before.repeated() / before.calls());
    double reach =
        Z
            * Math.sqrt(
                before.variance() / ((double) before.repeated() * before.repeated())
                    + Math.max(after.variance(), errors) / (errors * errors));
    double low = ratio * Math.exp(-reach);
    double high = ratio * Math.exp(reach);
    Goal goal = high <= HALF ? Goal.REACHED : low > HALF ? Goal.NOT_REACHED : Goal.OPEN;
    return new StoryChange(ratio, low, high, goal);
  }
}
