package dev.flightlog.analysis.live;

import org.jspecify.annotations.Nullable;

/**
 * How a session stands.
 *
 * @param state on which part of the board it belongs
 * @param reason why, half a sentence
 * @param tool in which it is, or for which it asks; null for none
 * @param since since when, in microseconds since 1970
 * @param certain false when its source does not tell, so that it may be otherwise
 */
public record Standing(
    State state, String reason, @Nullable String tool, long since, boolean certain) {

  /** The parts of the board, in its order. */
  public enum State {
    /** A person has to do something before it goes on. */
    WAITING,
    WORKING,
    /** Its turn is over, and nothing was left open. */
    IDLE,
    /** It stopped in the middle of something, and was not heard of again. */
    UNCLEAN,
    /** It said that it ends. Not on the board. */
    ENDED;

    /** As programs get it. */
    public String word() {
      return switch (this) {
        case WAITING -> "waiting";
        case WORKING -> "working";
        case IDLE -> "idle";
        case UNCLEAN -> "ended_unclean";
        case ENDED -> "ended";
      };
    }
  }

  static Standing certain(State state, String reason, long since) {
    return new Standing(state, reason, null, since, true);
  }

  Standing in(@Nullable String name) {
    return new Standing(state, reason, name, since, certain);
  }

  Standing uncertain() {
    return new Standing(state, reason, tool, since, false);
  }
}
