package dev.flightlog.dashboard.pages;

import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.verdict.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule, its history, and what its trials found. Immutable.
 *
 * @param effects the oldest first
 */
public record RuleRecord(RuleBook.Entry entry, List<Effect> effects) {
  public RuleRecord {
    effects = List.copyOf(effects);
  }

  Rule rule() {
    return entry.rule();
  }

  /** What its newest trial found; null when it was never tried. */
  @Nullable Effect newest() {
    return effects.isEmpty() ? null : effects.getLast();
  }
}
