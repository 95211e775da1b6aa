package dev.flightlog.patterns.facts;

import org.jspecify.annotations.Nullable;

/**
 * Something a person had to do. Immutable.
 *
 * @param reason why, or of what tool; null when it is not told
 * @param waitedMs milliseconds that were waited for the person; null when not known
 * @param said the head of what the person said; null when nothing was kept
 * @param event the event that tells it
 */
public record InteractionFact(
    Occasion occasion,
    InteractionKind kind,
    @Nullable String reason,
    @Nullable Long waitedMs,
    @Nullable String said,
    String event)
    implements Fact {

  public InteractionFact {
    reason = reason == null ? null : Fact.head(reason, LONGEST);
    said = said == null ? null : Fact.head(said, LONGEST);
  }
}
