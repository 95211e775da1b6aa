package dev.flightlog.learning.trial;

/**
 * How strongly the sessions so far speak for an effect: logarithms of e-values. Without any effect
 * the expectation of an e-value is at most 1 at every look, so that 20 is reached by at most one
 * rule in twenty, however often one looks (Ramdas, Grünwald, Vovk, Shafer 2023).
 *
 * @param works that the rule lowers the rate of errors
 * @param harms that it raises it
 * @param either that it does one of them: the mean of both e-values
 */
public record Evidence(double works, double harms, double either) {
  /** The smallest logarithm that decides at a level, say 0.05. */
  public static double threshold(double level) {
    return -Math.log(level);
  }

  static Evidence of(double works, double harms) {
    return new Evidence(works, harms, logMean(works, harms));
  }

  /** The logarithm of the mean of values that are given as logarithms. */
  static double logMean(double... logs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      greatest = Math.max(greatest, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - greatest);
    }
    return greatest + Math.log(sum / logs.length);
  }
}
