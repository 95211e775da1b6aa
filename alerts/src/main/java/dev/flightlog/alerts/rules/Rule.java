package dev.flightlog.alerts.rules;

import java.time.Duration;
import java.util.List;

/** Looks for one kind of condition. For one thread. */
public interface Rule {
  /** One word by which settings and people name it. */
  String name();

  /** How often it is worth looking. */
  default Duration every() {
    return Duration.ZERO;
  }

  /**
   * What holds now: a condition that is not among it any more is over.
   *
   * @throws RuntimeException when it cannot be told now; then what held before goes on
   */
  List<Condition> look(Moment moment);
}
