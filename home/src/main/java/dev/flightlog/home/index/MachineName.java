package dev.flightlog.home.index;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What tells this home from others that share a store: a name made once by chance and kept in the
 * home, since machines may have one host name. Stateless.
 */
final class MachineName {
  private static final String FILE = "machine_id";
  private static final String SHARED = "clickhouse:";
  private static final String OPTION = "machine=";

  private MachineName() {}

  /** The address of a store, with the name when others may share it. */
  static String in(Home home, String address) {
    if (!address.startsWith(SHARED) || address.contains(OPTION)) {
      return address;
    }
    return address + (address.contains("?") ? "&" : "?") + OPTION + name(home);
  }

  private static String name(Home home) {
    Path file = home.file(FILE);
    try {
      if (!Files.exists(file)) {
        if (!home.isWritable()) {
          return "reader";
        }
        home.folder();
        AtomicFile.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new HomeException(file + " cannot be read: " + e.getMessage());
    }
  }
}
