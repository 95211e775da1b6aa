package dev.flightlog.learning.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How many sessions a trial will need, said before it starts: whole trials are drawn from past
 * sessions, with replacement, and judged as the real one will be. A formula says too little where
 * few sessions make most of the errors, and it knows nothing of several rules on trial at once.
 * Immutable.
 *
 * @param sessions with an opportunity, of both arms, by which four of five such trials have their
 *     verdict; {@link Integer#MAX_VALUE} when that cannot be said
 */
public record TrialForecast(int sessions) {
  /** Sessions between two looks. */
  static final int LOOK = 20;

  private static final double FOUR_OF_FIVE = 0.8;

  /** By so many of its standard errors the quantile of few draws is raised. */
  private static final double CAUTION = 2;

  private static final int LEAST_DRAWS = 60;
  private static final int MOST_DRAWS = 600;

  /** Beyond so many sessions nothing is drawn. */
  private static final double MOST_DRAWN = 6_000;

  /** So many times what the formula says, and a drawn trial counts as never decided. */
  private static final int GIVEN_UP = 4;

  private static final int NEVER = Integer.MAX_VALUE;
  private static final long SEED = 20260217;

  /** What is to be foretold. */
  public static final class Question {
    private final double ratio;
    private final double share;
    private final int rules;

    /**
     * @param ratio of the rate with the rule to the rate without it, say 0.5
     * @param share of the sessions that are exposed, between 0 and 1, both excluded
     * @param rules that are on trial at once, this one included: each then needs more evidence
     */
    public Question(double ratio, double share, int rules) {
      this.ratio = ratio;
      this.share = share;
      this.rules = rules;
    }

    double decides() {
      return Evidence.threshold(0.05) + Math.log(Math.max(1, rules));
    }
  }

  /**
   * Draws trials.
   *
   * @param past sessions, whichever arm they were in
   * @param most how many sessions are drawn in all, about: a microsecond or three for each
   */
  public static TrialForecast of(List<SessionOutcome> past, Question asked, int most) {
    List<SessionOutcome> sessions = past.stream().filter(each -> each.opportunities() > 0).toList();
    if (sessions.stream().allMatch(each -> each.errors() == 0)) {
      return new TrialForecast(NEVER);
    }
    double formula = TrialSize.of(sessions).sessionsUntilMostHaveEnded(asked.ratio, asked.share);
    double expected = formula * asked.decides() / Evidence.threshold(0.05);
    if (expected > MOST_DRAWN) {
      // What a formula says too little at such sizes is below this.
      return new TrialForecast((int) Math.min(NEVER - 1, expected * 1.5));
    }
    int draws = (int) Math.clamp(most / Math.max(LOOK, expected), LEAST_DRAWS, MOST_DRAWS);
    int givenUp = LOOK * (int) Math.ceil(GIVEN_UP * expected / LOOK);
    Random random = new Random(SEED);
    int[] ended = new int[draws];
    for (int draw = 0; draw < draws; draw++) {
      ended[draw] = untilDecided(sessions, asked, givenUp, random);
    }
    Arrays.sort(ended);
    double cautious =
        FOUR_OF_FIVE * draws + CAUTION * Math.sqrt(FOUR_OF_FIVE * (1 - FOUR_OF_FIVE) * draws);
    return new TrialForecast(ended[Math.min(draws - 1, (int) Math.ceil(cautious) - 1)]);
  }

  private static int untilDecided(
      List<SessionOutcome> past, Question asked, int most, Random random) {
    AssignmentBet bet = new AssignmentBet(asked.share);
    for (int count = LOOK; count <= most; count += LOOK) {
      List<SessionOutcome> look = new ArrayList<>(LOOK);
      for (int i = 0; i < LOOK; i++) {
        look.add(drawn(past, asked, random));
      }
      if (bet.look(look).either() >= asked.decides()) {
        return count;
      }
    }
    return NEVER;
  }

  private static SessionOutcome drawn(List<SessionOutcome> past, Question asked, Random random) {
    SessionOutcome session = past.get(random.nextInt(past.size()));
    boolean exposed = random.nextDouble() < asked.share;
    int errors = 0;
    for (int error = 0; error < session.errors(); error++) {
      errors += !exposed || random.nextDouble() < asked.ratio ? 1 : 0;
    }
    return new SessionOutcome(exposed, errors, session.opportunities());
  }
}
