package dev.flightlog.learning.trial;

import java.util.ArrayList;
import java.util.List;

/** Sessions from the stated generator of the reference: equal seeds give equal sessions. */
final class GeneratedSessions {
  private long state;

  private GeneratedSessions(long seed) {
    state = seed;
  }

  /**
   * @param rate of errors without the rule, doubled at most by a session's own luck
   * @param ratio by which the rule changes it
   */
  static List<SessionOutcome> of(long seed, int sessions, double rate, double ratio) {
    GeneratedSessions random = new GeneratedSessions(seed);
    List<SessionOutcome> result = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      boolean exposed = random.next() < 0.5;
      int opportunities = 1 + (int) (20 * Math.pow(random.next(), 2));
      double chance = Math.min(rate * (exposed ? ratio : 1) * (2 * random.next()), 1);
      int errors = 0;
      for (int call = 0; call < opportunities; call++) {
        errors += random.next() < chance ? 1 : 0;
      }
      result.add(new SessionOutcome(exposed, errors, opportunities));
    }
    return result;
  }

  /** A linear congruential generator (Knuth, MMIX), its upper 31 bits as a fraction. */
  private double next() {
    state = 6364136223846793005L * state + 1442695040888963407L;
    return (state >>> 33) / (double) (1L << 31);
  }
}
