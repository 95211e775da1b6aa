package dev.flightlog.learning.trial;

/**
 * What one ended session showed.
 *
 * @param exposed whether chance gave it the rule, read or not (intention to treat)
 * @param errors of the rule's class; at most the opportunities
 * @param opportunities calls that could have failed so; a session without any says nothing
 */
public record SessionOutcome(boolean exposed, int errors, int opportunities) {
  public SessionOutcome {
    if (errors < 0 || opportunities < errors) {
      throw new IllegalArgumentException(
          "errors must be between 0 and the opportunities, but are "
              + errors
              + " of "
              + opportunities);
    }
  }
}
