package dev.flightlog.store.search;

/**
 * What a store keeps so that a search need not read every event.
 *
 * @param exists false for a store that reads them all
 * @param bytes how much of the store it takes
 * @param events how many events are in it
 * @param waiting how many are not in it yet, and are read one by one
 */
public record SearchIndex(boolean exists, long bytes, long events, long waiting) {
  /** Every event is read. */
  public static final SearchIndex NONE = new SearchIndex(false, 0, 0, 0);
}
