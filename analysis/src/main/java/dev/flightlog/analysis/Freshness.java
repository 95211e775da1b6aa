package dev.flightlog.analysis;

import java.util.List;

/**
 * Brings what is new into the store before it is asked. Called before every answer, by many
 * threads; blocks no longer than its own bound, and fails as the store does.
 */
public interface Freshness {
  /** Nothing is brought: the store is asked as it is. */
  Freshness NONE = List::of;

  /** What could not be taken in yet: sentences that stand below the answer. */
  List<String> takeIn();
}
