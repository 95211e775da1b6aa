package dev.flightlog.learning.trial;

/** The logarithm of the gamma function for positive arguments. */
final class LogGamma {
  private static final double HALF_LOG_TWO_PI = 0.91893853320467274178;

  /** From here on Stirling's series is exact to the last digits of a double. */
  private static final double LARGE = 15;

  private LogGamma() {}

  /**
   * Stirling's series (Abramowitz and Stegun 6.1.41); a small argument is first raised by the
   * recurrence of the gamma function (6.1.15). Relative error below 1e-13.
   */
  static double of(double x) {
    if (!(x > 0)) {
      throw new IllegalArgumentException("the argument must be positive, but is " + x);
    }
    double product = 1;
    double raised = x;
    while (raised < LARGE) {
      product *= raised;
      raised += 1;
    }
    double inverse = 1 / raised;
    double square = inverse * inverse;
    double series =
        inverse
            * (1.0 / 12
                - square
                    * (1.0 / 360
                        - square
                            * (1.0 / 1260
                                - square
                                    * (1.0 / 1680
                                        - square * (1.0 / 1188 - square * 691.0 / 360360)))));
    return (raised - 0.5) * Math.log(raised)
        - raised
        + HALF_LOG_TWO_PI
        + series
        - Math.log(product);
  }
}
