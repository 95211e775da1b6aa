package dev.flightlog.stores.contract;

import dev.flightlog.store.EventStore;

/** What the parts of the contract need. */
public interface Stores {
  /** A new, empty store. */
  EventStore freshStore();

  /** A new, empty store that is known to be right. */
  EventStore reference();

  /**
   * So many of a number of random questions are asked: all, unless asking costs more than working
   * it out, as behind a network; then the long form asks all.
   */
  default int some(int questions) {
    return questions;
  }
}
