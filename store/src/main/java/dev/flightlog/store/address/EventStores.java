package dev.flightlog.store.address;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Opens stores by their address, such as {@code sqlite:/home/me/.flightlog/events_index.db}: the
 * one place where an engine is chosen. The room that may know engines says which there are.
 * Immutable.
 */
public final class EventStores {
  private final List<StoreProvider> providers;

  public EventStores(StoreProvider... providers) {
    this.providers = List.of(providers);
  }

  /**
   * Opens a store, which is made when it is not there.
   *
   * @throws StoreException REFUSED when no engine has such addresses; else as the store fails
   */
  public EventStore open(String address) {
    return provider(address).open(rest(address));
  }

  /** As {@link #open}, one that is there, for everything but appends and forgetting. */
  public EventStore openForReading(String address) {
    return provider(address).openForReading(rest(address));
  }

  /** What stands behind the scheme may hold a password, and is not told. */
  private StoreProvider provider(String address) {
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
    for (StoreProvider provider : providers) {
      if (provider.scheme().equals(scheme)) {
        return provider;
      }
    }
    String what =
        scheme.isEmpty()
            ? "the address of the event store does not begin with the name of an engine"
            : "there is no event store of the kind " + scheme;
    throw new StoreException(
        Kind.REFUSED,
        what
            + "; write one of: "
            + providers.stream().map(StoreProvider::example).collect(Collectors.joining(", ")));
  }

  private static String rest(String address) {
    return address.substring(address.indexOf(':') + 1);
  }
}
