package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.outcomes.PastSessions;
import dev.flightlog.learning.trial.SessionOutcome;
import dev.flightlog.learning.trial.TrialForecast;
import dev.flightlog.learning.trial.TrialSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is said before a trial starts: how many sessions it needs, and when it has probably ended.
 *
 * @param sessions with an opportunity by which four of five trials of a rule that halves the errors
 *     have ended
 * @param rate errors an opportunity in the past; not a number when there is none
 * @param perDay sessions a day that had an opportunity, of the four weeks before
 * @param ends the day on which so many sessions have ended; empty when there are none a day
 */
public record TrialPlan(int sessions, double rate, double perDay, Optional<Instant> ends) {
  private static final double HALVED = 0.5;
  private static final Duration RECENT = Duration.ofDays(28);

  /** With fewer sessions nothing is given up. */
  private static final int LEAST_SESSIONS = 60;

  /** Longer than anybody waits; then a trial runs until somebody ends it. */
  private static final int MOST_SESSIONS = 100_000;

  /** How many sessions are drawn to foretell, where a second or so does not matter. */
  private static final int THOROUGH = 300_000;

  /** The same, where a page waits for it. */
  private static final int QUICK = 30_000;

  /**
   * Plans by what the newest sessions showed. Takes a second or so.
   *
   * @param running other rules that are on trial now
   */
  public static TrialPlan of(PastSessions past, Terms terms, int running, Instant now) {
    return of(past, terms, running, now, THOROUGH);
  }

  /** Less exactly, with more caution, and at once. */
  public static TrialPlan quick(PastSessions past, Terms terms, int running, Instant now) {
    return of(past, terms, running, now, QUICK);
  }

  private static TrialPlan of(PastSessions all, Terms terms, int running, Instant now, int drawn) {
    PastSessions past = all.under(terms);
    List<SessionOutcome> outcomes = past.outcomes();
    long nowMicros = now.toEpochMilli() * 1000;
    double perDay = past.perDay(nowMicros - RECENT.toMillis() * 1000, nowMicros);
    if (outcomes.isEmpty()) {
      return new TrialPlan(MOST_SESSIONS, Double.NaN, 0, Optional.empty());
    }
    TrialSize size = TrialSize.of(outcomes);
    int needed =
        TrialForecast.of(
                outcomes, new TrialForecast.Question(HALVED, terms.share(), running + 1), drawn)
            .sessions();
    int sessions = Math.clamp(needed, LEAST_SESSIONS, MOST_SESSIONS);
    return new TrialPlan(
        sessions,
        size.rate(),
        perDay,
        perDay > 0 && sessions < MOST_SESSIONS
            ? Optional.of(now.plusSeconds(Math.round(sessions / perDay * 86_400)))
            : Optional.empty());
  }
}
