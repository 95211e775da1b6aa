package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the setting {@code store.address} says that events are kept. Stateless. */
final class StoreAddress {
  /** Name of the index in a home. */
  static final String FILE_NAME = "events_index.db";

  private static final String SQLITE = "sqlite:";

  private StoreAddress() {}

  /**
   * The SQLite file that is the index of this home.
   *
   * @throws HomeException when the address names another kind of store, or no path
   */
  static Path file(Home home) {
    String address = home.settings().text(Setting.STORE_ADDRESS);
    if (address.isEmpty()) {
      return home.path().resolve(FILE_NAME);
    }
    if (!address.startsWith(SQLITE) || address.length() == SQLITE.length()) {
      throw new HomeException(
          "store.address is sqlite:FILE in this version, not \"" + address + "\"");
    }
    try {
      return home.settings().path(address.substring(SQLITE.length()));
    } catch (InvalidPathException e) {
      throw new HomeException("store.address names no file: \"" + address + "\"");
    }
  }
}
