package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.address.EventStores;
import dev.flightlog.stores.clickhouse.ClickHouseProvider;
import dev.flightlog.stores.sqlite.SqliteProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the store that the setting {@code store.address} names. Stateless. */
final class StoreAddress {
  /** The index of a home. */
  static final String FILE_NAME = "events_index.db";

  private static final String SQLITE = "sqlite:";
  private static final String SHARED = "clickhouse:";

  private StoreAddress() {}

  /** Every engine that there is. A new one is added here, and nowhere else. */
  private static EventStores stores(Home home) {
    return new EventStores(
        new SqliteProvider(home.settings().flag(Setting.INDEX_SEARCH), home::tell),
        new ClickHouseProvider());
  }

  /** The address of the store of this home; a path in it is absolute. */
  static String of(Home home) {
    String address = home.settings().text(Setting.STORE_ADDRESS);
    if (address.isEmpty()) {
      return SQLITE + home.path().resolve(FILE_NAME);
    }
    if (address.startsWith(SQLITE) && address.length() > SQLITE.length()) {
      try {
        return SQLITE + home.settings().path(address.substring(SQLITE.length()));
      } catch (InvalidPathException e) {
        // Told by its engine.
      }
    }
    return address;
  }

  /** The file in which events are kept; empty when the store is no file. */
  static Optional<Path> file(Home home) {
    String address = of(home);
    return address.startsWith(SQLITE)
        ? Optional.of(Path.of(address.substring(SQLITE.length())))
        : Optional.empty();
  }

  /**
   * @throws HomeException when no engine has such addresses
   * @throws StoreException as the store fails
   */
  static EventStore open(Home home, String address) {
    try {
      EventStore store = opened(home, address);
      if (!isShared(address) || OwnName.isOnlyOurs(home, store)) {
        return store;
      }
      store.close();
      Machine.rename(home, address);
      return opened(home, address);
    } catch (StoreException e) {
      throw told(e, address);
    }
  }

  private static EventStore opened(Home home, String address) {
    return Machine.sharing(home, address, stores(home).open(Machine.in(home, address)));
  }

  /** As {@link #open}, for everything but appends. */
  static EventStore openForReading(Home home, String address) {
    try {
      return Machine.sharing(home, address, stores(home).openForReading(Machine.in(home, address)));
    } catch (StoreException e) {
      throw told(e, address);
    }
  }

  /** What is refused of an address that is no file's is a mistake in the setting. */
  private static RuntimeException told(StoreException e, String address) {
    boolean file = address.startsWith(SQLITE) && address.length() > SQLITE.length();
    return e.kind() == StoreException.Kind.REFUSED && !file
        ? new HomeException("store.address: " + e.getMessage())
        : e;
  }

  /** Whether many machines may have this store. */
  static boolean isShared(String address) {
    return address.startsWith(SHARED);
  }

  /** The address of a file. */
  static String of(Path file) {
    return SQLITE + file;
  }
}
