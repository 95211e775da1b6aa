package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Purpose;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a rule should go. It goes when it harms, when it costs more than it saves, and when its
 * error no longer occurs in sessions that go without it. That the error does not occur where the
 * rule stands is no reason: that is a rule that works. Stateless.
 */
public final class Retirement {
  /** With so few opportunities the absence of errors is chance in one of twenty cases. */
  private static final double LOG_OF_TWENTY = Math.log(20);

  private Retirement() {}

  /**
   * The reason, in plain words.
   *
   * @param rate errors an opportunity when the rule was proposed
   */
  public static Optional<String> reason(Effect effect, double rate) {
    if (effect.verdict() == Verdict.HARMS) {
      return Optional.of("it harms: sessions with it make more of these errors");
    }
    Balance balance = effect.balance();
    if (effect.verdict() == Verdict.WORKS && balance.isNegative()) {
      return Optional.of(
          "it costs more than it saves: %,d tokens of text against %,d tokens of answers"
              .formatted(balance.cost(), balance.saved()));
    }
    Arm without = effect.control();
    boolean holdout = effect.trial().purpose() == Purpose.HOLDOUT;
    if (holdout
        && rate > 0
        && without.errors() == 0
        && without.opportunities() >= LOG_OF_TWENTY / rate) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "its error no longer occurs: none in %d calls of sessions without it",
              without.opportunities()));
    }
    return Optional.empty();
  }
}
