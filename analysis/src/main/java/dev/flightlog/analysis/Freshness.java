package dev.flightlog.analysis;

import java.time.Duration;
import java.util.List;

/**
 * Brings what is new into the store before it is asked. Called before every answer, by many
 * threads; fails as the store does.
 */
public interface Freshness {
  /** Nothing is brought: the store is asked as it is. */
  Freshness NONE = bound -> List.of();

  /**
   * Takes in what is new, for no longer than the bound.
   *
   * @return what is not in the store yet; empty when all of it is
   */
  List<Pending> takeIn(Duration bound);
}
