package dev.flightlog.learning.trial;

import java.util.List;

/**
 * Bets on the arm of every session by what it showed: an e-process that decides whether a rule
 * works. If the rule changes nothing, a session's arm tells nothing about its errors, and no way of
 * betting gains in expectation, whatever the distribution of errors, its drift, or a change of
 * model (Shafer, Testing by betting, 2021; Grünwald, de Heide, Koolen, Safe testing, 2024).
 *
 * <p>The stakes come from a beta-binomial model of the errors, fitted to earlier looks only, and
 * from a mixture over effects between a third and nine tenths of the errors (their inverses for
 * harm). A poor fit costs power, never validity.
 *
 * <p>Mutable, for one thread.
 */
public final class AssignmentBet {
  private static final double[] EFFECTS = {0.3, 0.45, 0.6, 0.75, 0.9};

  /** What is assumed before the first look: half an error in ten opportunities. */
  private static final double PRIOR_ERRORS = 0.5;

  private static final double PRIOR_OPPORTUNITIES = 10;
  private static final double LEAST_MEAN = 1e-4;
  private static final double MOST_MEAN = 0.6;
  private static final double LEAST_CORRELATION = 0.005;
  private static final double MOST_CORRELATION = 0.6;
  private static final double MOST_MEAN_UNDER_EFFECT = 0.95;
  private static final double MOST_LOG_RATIO = 20;

  private final double share;
  private final double[] works = new double[EFFECTS.length];
  private final double[] harms = new double[EFFECTS.length];
  private double errors = PRIOR_ERRORS;
  private double opportunities = PRIOR_OPPORTUNITIES;
  private double pairsOfErrors;
  private double pairs;

  /**
   * @param share the chance with which a session was exposed, between 0 and 1, both excluded
   */
  public AssignmentBet(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share must lie between 0 and 1, but is " + share);
    }
    this.share = share;
  }

  /**
   * Takes in the sessions that ended since the last look.
   *
   * @return the evidence of all sessions so far
   */
  public Evidence look(List<SessionOutcome> sessions) {
    double mean = mean();
    double correlation = correlation();
    for (SessionOutcome session : sessions) {
      if (session.opportunities() > 0) {
        bet(session, mean, correlation);
      }
    }
    for (SessionOutcome session : sessions) {
      double k = session.errors();
      double n = session.opportunities();
      errors += k;
      opportunities += n;
      pairsOfErrors += k * (k - 1);
      pairs += n * (n - 1);
    }
    return evidence();
  }

  /** The evidence of all sessions so far. */
  public Evidence evidence() {
    return Evidence.of(Evidence.logMean(works), Evidence.logMean(harms));
  }

  /** The chance of an error by which the next look will bet. */
  double mean() {
    return Math.clamp(errors / opportunities, LEAST_MEAN, MOST_MEAN);
  }

  /** The correlation within a session by which the next look will bet. */
  double correlation() {
    double mean = mean();
    double both = pairs > 0 ? pairsOfErrors / pairs : mean * mean;
    return Math.clamp(
        (both - mean * mean) / (mean * (1 - mean)), LEAST_CORRELATION, MOST_CORRELATION);
  }

  private void bet(SessionOutcome session, double mean, double correlation) {
    double unchanged = logLikelihood(session, mean, correlation);
    for (int i = 0; i < EFFECTS.length; i++) {
      works[i] += factor(session, unchanged, mean * EFFECTS[i], correlation);
      harms[i] += factor(session, unchanged, mean / EFFECTS[i], correlation);
    }
  }

  /** The logarithm of q(arm | errors) / P(arm). */
  private double factor(
      SessionOutcome session, double unchanged, double changedMean, double correlation) {
    double changed =
        logLikelihood(session, Math.min(changedMean, MOST_MEAN_UNDER_EFFECT), correlation);
    double ratio = Math.clamp(changed - unchanged, -MOST_LOG_RATIO, MOST_LOG_RATIO);
    double either = Math.log(share * Math.exp(ratio) + (1 - share));
    return (session.exposed() ? ratio : 0) - either;
  }

  private static double logLikelihood(SessionOutcome session, double mean, double correlation) {
    return BetaBinomial.logLikelihood(session.errors(), session.opportunities(), mean, correlation);
  }
}
