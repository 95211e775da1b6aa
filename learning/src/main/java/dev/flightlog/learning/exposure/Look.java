package dev.flightlog.learning.exposure;

import dev.flightlog.learning.trial.SessionOutcome;
import java.time.Instant;
import java.util.List;

/**
 * What a trial was judged by at one moment: the sessions that ended since the look before. Kept, so
 * that the same looks give the same verdict for ever, and stakes come from earlier looks only.
 * Immutable.
 */
public record Look(Instant at, List<Counted> sessions) {
  public Look {
    sessions = List.copyOf(sessions);
  }

  /** The outcomes, in their order. */
  public List<SessionOutcome> outcomes() {
    return sessions.stream().map(Counted::outcome).toList();
  }

  /**
   * A session that was counted.
   *
   * @param session its id; of the first one where it was forked
   * @param model by which most of its answers were made; empty when it is not known
   * @param version of the agent's program; empty when it is not known
   * @param newTokens that its answers cost: input that came from no cache, and output
   * @param answers of the model
   */
  public record Counted(
      String session,
      SessionOutcome outcome,
      String model,
      String version,
      long newTokens,
      long answers) {}
}
