package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.EventStore;
import dev.flightlog.stores.contract.StoreContract;
import dev.flightlog.stores.memory.MemoryStore;

/**
 * All promises, in a real ClickHouse; the long form, with {@code -Dflightlog.worlds=20}, asks all
 * random questions.
 */
class ClickHouseStoreTest implements StoreContract {
  @Override
  public EventStore freshStore() {
    return TestServer.freshStore();
  }

  @Override
  public EventStore reference() {
    return new MemoryStore();
  }

  @Override
  public int worlds() {
    return Integer.getInteger("flightlog.worlds", 1);
  }

  @Override
  public int some(int questions) {
    return Integer.getInteger("flightlog.worlds") == null ? questions / 15 : questions;
  }
}
