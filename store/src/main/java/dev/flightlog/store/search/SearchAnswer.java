package dev.flightlog.store.search;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits in the order of the search
 * @param more true when there are more than the limit
 */
public record SearchAnswer(List<SearchHit> hits, boolean more) {
  public SearchAnswer {
    hits = List.copyOf(hits);
  }
}
