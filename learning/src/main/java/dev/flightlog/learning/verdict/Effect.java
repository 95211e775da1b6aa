package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Look;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.trial.AssignmentBet;
import dev.flightlog.learning.trial.ConfidenceSequence;
import dev.flightlog.learning.trial.Evidence;
import dev.flightlog.learning.trial.RateDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the looks of one trial say, worked out from them alone: the same looks give the same answer.
 *
 * @param verdict of this trial among those that run beside it; UNDECIDED until there is one
 * @param evidence by which it is decided
 * @param interval shown once each arm has 30 sessions, and never decides
 * @param strata by model and version
 */
public record Effect(
    Trial trial,
    Verdict verdict,
    Evidence evidence,
    Arm exposed,
    Arm control,
    Optional<Interval> interval,
    List<Stratum> strata,
    Balance balance,
    int looks) {

  /** At most so many of a hundred verdicts are false. */
  public static final double LEVEL = 0.05;

  private static final int SESSIONS_FOR_AN_INTERVAL = 30;

  /** An effect smaller than this share of the errors is none. */
  private static final double NOTHING = 0.2;

  /**
   * How much the rate differs: exposed minus not exposed, in errors an opportunity.
   *
   * @param relative the interval as shares of the rate without the rule
   */
  public record Interval(double estimate, double low, double high, Relative relative) {}

  /** The same in shares of the rate without the rule; -0.5 is half as many errors. */
  public record Relative(double estimate, double low, double high) {}

  public Effect {
    strata = List.copyOf(strata);
  }

  static Effect of(TrialBook.Entry entry) {
    Trial trial = entry.trial();
    List<Look.Counted> sessions = new ArrayList<>();
    AssignmentBet bet = new AssignmentBet(trial.terms().share());
    for (Look look : entry.looks()) {
      bet.look(look.outcomes());
      sessions.addAll(look.sessions());
    }
    TrialBook.End end = entry.end();
    Verdict verdict =
        end == null ? Verdict.UNDECIDED : Verdict.named(end.verdict()).orElse(Verdict.UNDECIDED);
    return new Effect(
        trial,
        end == null && !trial.hasKey() ? Verdict.KEY_GONE : verdict,
        bet.evidence(),
        Arm.of(sessions, true),
        Arm.of(sessions, false),
        interval(sessions, trial.planned()),
        Stratum.of(sessions),
        Balance.of(trial.tokens(), sessions),
        entry.looks().size());
  }

  private static Optional<Interval> interval(List<Look.Counted> sessions, int planned) {
    var outcomes = sessions.stream().map(Look.Counted::outcome).toList();
    if (Arm.of(sessions, true).sessions() < SESSIONS_FOR_AN_INTERVAL
        || Arm.of(sessions, false).sessions() < SESSIONS_FOR_AN_INTERVAL
        || !RateDifference.comparable(outcomes)) {
      return Optional.empty();
    }
    RateDifference difference = RateDifference.of(outcomes);
    double half = new ConfidenceSequence(LEVEL, Math.max(1, planned)).halfWidth(difference);
    double estimate = difference.estimate();
    double base = difference.controlRate();
    return Optional.of(
        new Interval(
            estimate,
            estimate - half,
            estimate + half,
            new Relative(estimate / base, (estimate - half) / base, (estimate + half) / base)));
  }

  /** The e-value: what a bet of 1 has become. */
  public double eValue() {
    return Math.exp(evidence.either());
  }

  /** Those that had an opportunity: the others say nothing, and a plan is made without them. */
  public int telling() {
    return exposed.telling() + control.telling();
  }

  /** What is said when chance alone hardly explains the evidence. */
  Verdict direction() {
    return evidence.works() >= evidence.harms() ? Verdict.WORKS : Verdict.HARMS;
  }

  /** What is said when all planned sessions have ended without that. */
  Verdict atThePlannedEnd() {
    return interval
            .map(Interval::relative)
            .filter(each -> each.low() >= -NOTHING && each.high() <= NOTHING)
            .isPresent()
        ? Verdict.NO_EVIDENCE
        : Verdict.CANNOT_BE_KNOWN;
  }

  Effect decided(Verdict now) {
    return new Effect(trial, now, evidence, exposed, control, interval, strata, balance, looks);
  }
}
