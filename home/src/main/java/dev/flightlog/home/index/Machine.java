package dev.flightlog.home.index;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.paths.HostName;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.shipping.Sender;
import dev.flightlog.shipping.SharedStore;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * This home among those that share a store: its name there, made once by chance and kept in the
 * home, since machines may have one host name; what it tells of itself with each event; and the key
 * of what it keeps there for itself alone. Stateless.
 */
final class Machine {
  private static final String FILE = "machine_id";
  private static final String KEY_FILE = "marks.key";
  private static final int KEY_BYTES = 32;
  private static final String OPTION = "machine=";

  private Machine() {}

  /** The address of a store, with the name when others may share it. */
  static String in(Home home, String address) {
    if (!StoreAddress.isShared(address) || address.contains(OPTION)) {
      return address;
    }
    return address + (address.contains("?") ? "&" : "?") + OPTION + name(home);
  }

  /** A store as this machine sends to it; one of its own as it is. */
  static EventStore sharing(Home home, String address, EventStore store) {
    if (!StoreAddress.isShared(address)) {
      return store;
    }
    try {
      return SharedStore.of(store, sender(home), key(home));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** What this home tells of itself, and how much of its events. */
  static Sender sender(Home home) {
    String told = home.settings().text(Setting.SHIP_MACHINE).strip();
    return new Sender(
        told.isEmpty() ? HostName.of(home.environment()) : told,
        home.settings().text(Setting.SHIP_PERSON).strip(),
        home.contentStays());
  }

  /**
   * Takes another name, since another home sends under this one.
   *
   * @throws HomeException when the name was given by a person
   */
  static void rename(Home home, String address) {
    if (address.contains(OPTION)) {
      throw new HomeException(
          "store.address: another home sends under the machine= that stands in it; give each home"
              + " one of its own. Until then nothing is sent from here, and nothing is lost: it"
              + " waits in the files");
    }
    OwnName.forget(home);
    try {
      Files.deleteIfExists(home.path().resolve(FILE));
    } catch (IOException e) {
      throw new HomeException(home.path().resolve(FILE) + " cannot be removed: " + e.getMessage());
    }
    home.tell(
        "another home sends under the name of this one, since one is a copy of the other or was"
            + " restored; this one has a new name now, and sends its files anew. What is there"
            + " already is not kept twice");
  }

  private static String name(Home home) {
    return home.isWritable() || Files.exists(home.path().resolve(FILE))
        ? kept(home, FILE, UUID.randomUUID().toString())
        : "reader";
  }

  private static byte[] key(Home home) {
    byte[] key = new byte[KEY_BYTES];
    if (!home.contentStays()) {
      return key;
    }
    new SecureRandom().nextBytes(key);
    String text =
        home.isWritable() || Files.exists(home.path().resolve(KEY_FILE))
            ? kept(home, KEY_FILE, HexFormat.of().formatHex(key))
            : HexFormat.of().formatHex(key);
    if (!text.matches("[0-9a-f]{" + 2 * KEY_BYTES + "}")) {
      throw new HomeException(
          home.path().resolve(KEY_FILE)
              + " holds no key: remove it, and what it was for is made anew");
    }
    return HexFormat.of().parseHex(text);
  }

  /** The text of a file that is made once. */
  private static String kept(Home home, String name, String fresh) {
    Path file = home.path().resolve(name);
    try {
      if (!Files.exists(file)) {
        AtomicFile.write(home.folder().resolve(name), fresh.getBytes(StandardCharsets.US_ASCII));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new HomeException(file + " cannot be read or made: " + e.getMessage());
    }
  }
}
