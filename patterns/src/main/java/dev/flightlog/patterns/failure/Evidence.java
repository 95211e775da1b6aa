package dev.flightlog.patterns.failure;

import java.util.Locale;

/**
 * One reason to think that a step broke the run.
 *
 * @param step its number
 * @param text what was seen, in a few words; may hold text of the log
 */
public record Evidence(long step, Kind kind, double weight, String text) {

  /** What speaks against a step. The weights were set by hand on the development half. */
  public enum Kind {
    /** What was handed over is another task than what was asked for. */
    GOAL,
    /** Values of the final answer were first produced here. */
    ANSWER,
    /** Data was assumed or simulated. */
    ASSUMED,
    /** Values were stated that no tool had returned. */
    CLAIM,
    /** The first call that failed or found nothing. */
    FIRST_FAILURE,
    /** From here to the end every call failed or found nothing. */
    UNRECOVERED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
      return wireName;
    }
  }
}
