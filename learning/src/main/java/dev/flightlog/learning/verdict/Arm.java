package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Look;
import java.util.List;

/** Sums over the sessions of one arm that were counted. */
public record Arm(int sessions, long errors, long opportunities) {

  static Arm of(List<Look.Counted> sessions, boolean exposed) {
    List<Look.Counted> ours =
        sessions.stream().filter(each -> each.outcome().exposed() == exposed).toList();
    return new Arm(
        ours.size(),
        ours.stream().mapToLong(each -> each.outcome().errors()).sum(),
        ours.stream().mapToLong(each -> each.outcome().opportunities()).sum());
  }

  /** Errors an opportunity; not a number without one. */
  public double rate() {
    return opportunities == 0 ? Double.NaN : (double) errors / opportunities;
  }
}
