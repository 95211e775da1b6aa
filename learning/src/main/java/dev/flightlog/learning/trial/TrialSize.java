package dev.flightlog.learning.trial;

import java.util.List;

/**
 * How many sessions a trial will need, said before it starts: the size of a test of fixed length at
 * level 0.05 with power 0.8, enlarged because calls of one session resemble each other.
 *
 * @param rate errors an opportunity today
 * @param correlation of two calls of one session (intraclass correlation); may be negative
 * @param designEffect by how much clustering enlarges the size
 * @param meanOpportunities of a session that has any
 */
public record TrialSize(
    double rate, double correlation, double designEffect, double meanOpportunities) {
  private static final double QUANTILES = 1.959964 + 0.841621;

  /** By when 80 % of the trials with such an effect have ended, beside a test of fixed length. */
  private static final double UNTIL_MOST_HAVE_ENDED = 1.8;

  /**
   * What past sessions tell, whichever arm they were in.
   *
   * @throws IllegalArgumentException if there is no opportunity
   */
  public static TrialSize of(List<SessionOutcome> past) {
    double errors = 0;
    double opportunities = 0;
    double pairsOfErrors = 0;
    double pairs = 0;
    double squares = 0;
    int sessions = 0;
    for (SessionOutcome session : past) {
      double k = session.errors();
      double n = session.opportunities();
      errors += k;
      opportunities += n;
      pairsOfErrors += k * (k - 1);
      pairs += n * (n - 1);
      squares += n * n;
      sessions += n > 0 ? 1 : 0;
    }
    if (opportunities == 0) {
      throw new IllegalArgumentException("no session has an opportunity");
    }
    double rate = errors / opportunities;
    double spread = rate * (1 - rate);
    double correlation =
        pairs > 0 && spread > 0 ? (pairsOfErrors / pairs - rate * rate) / spread : 0;
    double designEffect = 1 + (squares / opportunities - 1) * Math.max(correlation, 0);
    return new TrialSize(rate, correlation, designEffect, opportunities / sessions);
  }

  /**
   * Opportunities an arm needs.
   *
   * @param ratio of the rate with the rule to the rate without it, say 0.5
   */
  double opportunitiesAnArm(double ratio) {
    double changed = rate * ratio;
    return QUANTILES
        * QUANTILES
        * (rate * (1 - rate) + changed * (1 - changed))
        / Math.pow(rate - changed, 2)
        * designEffect;
  }

  /**
   * Sessions of both arms by which four of five such trials have ended.
   *
   * @param ratio of the rate with the rule to the rate without it, say 0.5
   * @param share of the sessions that are exposed
   */
  public double sessionsUntilMostHaveEnded(double ratio, double share) {
    double balanced = 2 * opportunitiesAnArm(ratio) / meanOpportunities;
    return balanced * UNTIL_MOST_HAVE_ENDED / (4 * share * (1 - share));
  }
}
