package dev.flightlog.stores.memory;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.address.StoreProvider;

/** {@code memory:}, a new and empty store each time. */
public final class MemoryProvider implements StoreProvider {
  @Override
  public String scheme() {
    return "memory";
  }

  @Override
  public String example() {
    return "memory:";
  }

  @Override
  public EventStore open(String rest) {
    if (!rest.isEmpty()) {
      throw new StoreException(
          Kind.REFUSED, "a store in memory has no name: write memory: and nothing behind it");
    }
    return new MemoryStore();
  }

  @Override
  public EventStore openForReading(String rest) {
    return open(rest);
  }
}
