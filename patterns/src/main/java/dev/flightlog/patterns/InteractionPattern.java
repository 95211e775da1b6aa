package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occurrences;
import org.jspecify.annotations.Nullable;

/**
 * What people had to do, of one kind and reason.
 *
 * @param reason null when it is not told
 * @param waitedMs milliseconds that were waited for people; null when not known
 * @param said the head of what was said last; null when nothing was kept
 */
public record InteractionPattern(
    String id,
    InteractionKind kind,
    @Nullable String reason,
    @Nullable Long waitedMs,
    @Nullable String said,
    Occurrences occurrences)
    implements Pattern {
  @Override
  public String label() {
    return reason == null ? kind.wireName() : kind.wireName() + ", " + reason;
  }
}
