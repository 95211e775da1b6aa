package dev.flightlog.learning.trial;

import java.util.List;

/**
 * How much the rate of errors of exposed sessions differs from that of the others: the difference
 * of the ratios of sums, with its variance by the delta method over sessions.
 *
 * @param estimate exposed minus not exposed, errors an opportunity
 * @param variance of the estimate
 * @param sessions of both arms
 * @param exposedRate errors an opportunity where the rule was shown
 * @param controlRate errors an opportunity where it was not
 */
public record RateDifference(
    double estimate, double variance, int sessions, double exposedRate, double controlRate) {

  /** Whether both arms have an opportunity, without which nothing can be compared. */
  public static boolean comparable(List<SessionOutcome> sessions) {
    return Arm.of(sessions, true).opportunities > 0 && Arm.of(sessions, false).opportunities > 0;
  }

  /**
   * @throws IllegalArgumentException if an arm has no opportunity
   */
  public static RateDifference of(List<SessionOutcome> sessions) {
    Arm exposed = Arm.of(sessions, true);
    Arm control = Arm.of(sessions, false);
    if (exposed.opportunities == 0 || control.opportunities == 0) {
      throw new IllegalArgumentException(
          "both arms need an opportunity, but have "
              + exposed.opportunities
              + " and "
              + control.opportunities);
    }
    return new RateDifference(
        exposed.rate() - control.rate(),
        exposed.variance(sessions, true) + control.variance(sessions, false),
        exposed.sessions + control.sessions,
        exposed.rate(),
        control.rate());
  }

  /** The sums of one arm. */
  private record Arm(int sessions, long errors, long opportunities) {
    static Arm of(List<SessionOutcome> all, boolean exposed) {
      int sessions = 0;
      long errors = 0;
      long opportunities = 0;
      for (SessionOutcome session : all) {
        if (session.exposed() == exposed) {
          sessions++;
          errors += session.errors();
          opportunities += session.opportunities();
        }
      }
      return new Arm(sessions, errors, opportunities);
    }

    double rate() {
      return (double) errors / opportunities;
    }

    double variance(List<SessionOutcome> all, boolean exposed) {
      double rate = rate();
      double squares = 0;
      for (SessionOutcome session : all) {
        if (session.exposed() == exposed) {
          double residual = session.errors() - rate * session.opportunities();
          squares += residual * residual;
        }
      }
      double meanOpportunities = (double) opportunities / sessions;
      return squares / sessions / (meanOpportunities * meanOpportunities) / sessions;
    }
  }
}
