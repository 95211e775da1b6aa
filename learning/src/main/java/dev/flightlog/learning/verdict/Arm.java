package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Look;
import java.util.List;

/**
 * Sums over the sessions of one arm that were counted.
 *
 * @param telling those of the sessions that had an opportunity
 */
public record Arm(int sessions, int telling, long errors, long opportunities) {

  static Arm of(List<Look.Counted> sessions, boolean exposed) {
    List<Look.Counted> ours =
        sessions.stream().filter(each -> each.outcome().exposed() == exposed).toList();
    return new Arm(
        ours.size(),
        (int) ours.stream().filter(each -> each.outcome().opportunities() > 0).count(),
        ours.stream().mapToLong(each -> each.outcome().errors()).sum(),
        ours.stream().mapToLong(each -> each.outcome().opportunities()).sum());
  }

  /** Errors an opportunity; not a number without one. */
  public double rate() {
    return opportunities == 0 ? Double.NaN : (double) errors / opportunities;
  }
}
