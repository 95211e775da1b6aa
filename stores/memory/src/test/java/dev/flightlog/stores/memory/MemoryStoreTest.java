package dev.flightlog.stores.memory;

import dev.flightlog.store.EventStore;
import dev.flightlog.stores.contract.StoreContract;

/** The reference keeps the promises; that it agrees with itself proves the suite runs. */
class MemoryStoreTest implements StoreContract {
  @Override
  public EventStore freshStore() {
    return new MemoryStore();
  }

  @Override
  public EventStore reference() {
    return new MemoryStore();
  }

  @Override
  public int worlds() {
    return 1;
  }
}
