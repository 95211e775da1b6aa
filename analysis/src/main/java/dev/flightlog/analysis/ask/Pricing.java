package dev.flightlog.analysis.ask;

import org.jspecify.annotations.Nullable;

/**
 * What tokens cost, by today's prices. Sums of calls of one model that are billed alike are priced
 * at once. Safe for several threads.
 */
public interface Pricing {
  /** Nothing is known: only costs that events tell count. */
  Pricing NONE = (model, billing, tokens) -> Double.NaN;

  /**
   * Tokens of each kind and searches; those written to the cache for an hour are among all written.
   */
  record Tokens(
      long input, long output, long cacheRead, long cacheWrite, long cacheWrite1h, long searches) {}

  /**
   * US dollars, or NaN when the price of the model is not known.
   *
   * @param billing the detail of that name
   */
  double cost(@Nullable String model, @Nullable String billing, Tokens tokens);
}
