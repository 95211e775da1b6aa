package dev.flightlog.learning.trial;

/**
 * An interval that may be looked at as often as one likes: the asymptotic confidence sequence of
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (arXiv 2103.06476), narrowest at the planned
 * number of sessions. It is shown beside the evidence and never decides: it holds only for many
 * sessions.
 *
 * @param level of the error, say 0.05
 * @param plannedSessions of both arms
 */
public record ConfidenceSequence(double level, int plannedSessions) {
  public ConfidenceSequence {
    if (!(level > 0 && level < 1) || plannedSessions < 1) {
      throw new IllegalArgumentException(
          "the level must lie between 0 and 1 and the plan hold a session, but they are "
              + level
              + " and "
              + plannedSessions);
    }
  }

  /** Half the width of the interval around the estimate of a difference. */
  public double halfWidth(RateDifference difference) {
    return halfWidth(difference.variance() * difference.sessions(), difference.sessions());
  }

  /**
   * @param variance of one observation
   * @param observations so far
   */
  double halfWidth(double variance, int observations) {
    double rho = rho();
    double time = observations * rho * rho + 1;
    return Math.sqrt(variance)
        * Math.sqrt(2 * time / Math.pow(observations * rho, 2) * Math.log(Math.sqrt(time) / level));
  }

  private double rho() {
    double twice = -2 * Math.log(level);
    return Math.sqrt((twice + Math.log(twice + 1)) / plannedSessions);
  }
}
