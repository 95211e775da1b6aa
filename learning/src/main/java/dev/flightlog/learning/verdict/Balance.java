package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Look;
import java.util.List;

/**
 * What a rule cost and what it saved so far, in tokens. Its text costs its tokens in every session
 * that was given it. An error that did not happen saves one answer of the model: what an answer
 * costs on average in the sessions that were counted, cached input left out.
 *
 * @param cost tokens of the text, times exposed sessions
 * @param saved errors avoided, times an answer; negative when there were more errors
 * @param errorsAvoided the difference of the arms' rates, times the exposed opportunities
 */
public record Balance(long cost, long saved, double errorsAvoided) {

  static Balance of(int tokens, List<Look.Counted> sessions) {
    Arm exposed = Arm.of(sessions, true);
    Arm control = Arm.of(sessions, false);
    double avoided =
        exposed.opportunities() == 0 || control.opportunities() == 0
            ? 0
            : (control.rate() - exposed.rate()) * exposed.opportunities();
    long answers = sessions.stream().mapToLong(Look.Counted::answers).sum();
    long newTokens = sessions.stream().mapToLong(Look.Counted::newTokens).sum();
    double answer = answers == 0 ? 0 : (double) newTokens / answers;
    return new Balance((long) tokens * exposed.sessions(), Math.round(avoided * answer), avoided);
  }

  public boolean isNegative() {
    return saved < cost;
  }
}
