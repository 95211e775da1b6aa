package dev.flightlog.store.sql;

import org.jspecify.annotations.Nullable;

/**
 * US dollars for one token of each kind, and for one web search.
 *
 * @param cacheWrite for tokens that stay in the cache for the usual time
 * @param cacheWrite1h for those that stay for an hour
 */
public record ModelRates(
    double input,
    double output,
    double cacheRead,
    double cacheWrite,
    double cacheWrite1h,
    double webSearch) {

  /** Knows what models charge now. */
  @FunctionalInterface
  public interface Source {
    /**
     * The rates of calls of a model that are billed in this way; null when they are not known.
     *
     * @param billing the detail {@code billing} of the calls; null for the standard
     */
    @Nullable ModelRates of(String model, @Nullable String billing);
  }
}
