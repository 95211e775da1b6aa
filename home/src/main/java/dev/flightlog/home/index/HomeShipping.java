package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.shipping.confirmed.Backlog;
import dev.flightlog.shipping.confirmed.ConfirmedFiles;
import dev.flightlog.shipping.confirmed.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a home goes into a store that machines share. Stateless. */
public final class HomeShipping {
  private HomeShipping() {}

  /** Whether the store of this home is one that machines share. */
  public static boolean isShared(Home home) {
    return StoreAddress.isShared(StoreAddress.of(home));
  }

  /**
   * How much of the files of this home its shared store has confirmed; empty when the store is this
   * home's own.
   *
   * @throws HomeException when what is known of it cannot be read
   */
  public static Optional<ConfirmedFiles> confirmed(Home home) {
    String address = StoreAddress.of(home);
    if (!StoreAddress.isShared(address)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ConfirmedFiles(home.path(), address, home.clock()));
    } catch (IOException e) {
      throw new HomeException(
          home.path().resolve(ConfirmedFiles.FILE) + " cannot be read (" + e + ")");
    }
  }

  /** The journals of a home. */
  public static Root journals(Home home) {
    return new Root(home.settings().basePath(), true);
  }

  /** What was imported from here. */
  static Root source(Path path) {
    return new Root(path.toAbsolutePath().normalize(), false);
  }

  /** Everything that is shipped: the journals, and what was ever imported. */
  public static List<Root> roots(Home home) {
    List<Root> all = new ArrayList<>();
    all.add(journals(home));
    Sources.of(home).all().forEach(source -> all.add(source(source.path())));
    return all;
  }

  /** What waits to be shipped; empty when the store is this home's own. */
  public static Optional<Backlog> backlog(Home home) {
    return confirmed(home).map(files -> files.backlog(roots(home)));
  }
}
