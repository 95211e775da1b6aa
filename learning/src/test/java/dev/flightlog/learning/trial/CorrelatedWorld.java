package dev.flightlog.learning.trial;

import java.util.Random;

/** Sessions whose chance of an error is drawn from a beta distribution. */
final class CorrelatedWorld {
  private CorrelatedWorld() {}

  /**
   * @param rate of errors in the mean of all sessions
   * @param correlation of two calls of one session; 0 gives every session the same chance
   */
  static SessionOutcome session(Random random, boolean exposed, double rate, double correlation) {
    int opportunities = 1 + (int) (20 * Math.pow(random.nextDouble(), 2));
    double chance = correlation == 0 ? rate : beta(random, rate, (1 - correlation) / correlation);
    int errors = 0;
    for (int call = 0; call < opportunities; call++) {
      errors += random.nextDouble() < chance ? 1 : 0;
    }
    return new SessionOutcome(exposed, errors, opportunities);
  }

  private static double beta(Random random, double mean, double concentration) {
    double a = gamma(random, mean * concentration);
    double b = gamma(random, (1 - mean) * concentration);
    return a + b == 0 ? mean : a / (a + b);
  }

  /** Marsaglia and Tsang, A simple method for generating gamma variables (2000). */
  private static double gamma(Random random, double shape) {
    if (shape < 1) {
      return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double v = Math.pow(1 + c * normal, 3);
      if (v > 0
          && Math.log(random.nextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
