package dev.flightlog.stores.contract;

import dev.flightlog.store.EventStore;

/** What the parts of the contract need. */
public interface Stores {
  /** A new, empty store. */
  EventStore freshStore();

  /** A new, empty store that is known to be right. */
  EventStore reference();
}
