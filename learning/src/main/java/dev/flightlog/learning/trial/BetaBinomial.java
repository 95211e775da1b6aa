package dev.flightlog.learning.trial;

/** Counts of errors whose chance differs from session to session. */
final class BetaBinomial {
  private BetaBinomial() {}

  /**
   * The logarithm of the probability of {@code k} errors in {@code n} opportunities, but for the
   * binomial coefficient, which cancels in every ratio that is made of it.
   *
   * @param mean of the chance of an error, between 0 and 1, both excluded
   * @param correlation of two calls of one session, between 0 and 1, both excluded
   */
  static double logLikelihood(int k, int n, double mean, double correlation) {
    double concentration = (1 - correlation) / correlation;
    double a = mean * concentration;
    double b = (1 - mean) * concentration;
    return logBeta(k + a, n - k + b) - logBeta(a, b);
  }

  private static double logBeta(double a, double b) {
    return LogGamma.of(a) + LogGamma.of(b) - LogGamma.of(a + b);
  }
}
