package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.ArchiveFolder;
import dev.flightlog.lifecycle.archive.Archives;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.shipping.OutgoingRows;
import dev.flightlog.shipping.migration.Migration;
import dev.flightlog.shipping.migration.Proof;
import dev.flightlog.store.EventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Moves the history of a home into another store, weeks that stand in archives included, and proves
 * that it is the same. The old store stays as it is. For one thread; blocks.
 */
public final class HomeMigration {
  private static final String SQLITE = "sqlite";
  private static final String CLICKHOUSE = "clickhouse";

  private final Home home;
  private final String from;
  private final String to;

  /**
   * @param from {@code sqlite} for the index of the home, {@code clickhouse} for the store of its
   *     settings, or an address
   * @param to the same
   * @throws HomeException when one of them is no store, or both are one
   */
  public HomeMigration(Home home, String from, String to) {
    this.home = home;
    this.from = address(home, from);
    this.to = address(home, to);
    if (this.from.equals(this.to)) {
      throw new HomeException("both are the same store: " + this.from);
    }
    if (this.from.startsWith("sqlite:")
        && !Files.exists(Path.of(this.from.substring("sqlite:".length())))) {
      throw new HomeException(
          "there is nothing to move: "
              + this.from.substring("sqlite:".length())
              + " is not there; name the home with --home, or the address, such as"
              + " sqlite:/data/events.db");
    }
  }

  private static String address(Home home, String told) {
    String set = StoreAddress.of(home);
    return switch (told) {
      case SQLITE ->
          set.startsWith("sqlite:")
              ? set
              : StoreAddress.of(home.path().resolve(StoreAddress.FILE_NAME));
      case CLICKHOUSE -> {
        if (!StoreAddress.isShared(set)) {
          throw new HomeException(
              "store.address names no store in ClickHouse; set it, or write the address in the place"
                  + " of 'clickhouse', such as clickhouse://me@db1/flightlog");
        }
        yield set;
      }
      default -> told;
    };
  }

  /** The store that is read, for people. */
  public String from() {
    return from;
  }

  /** The store that is written to, for people. */
  public String to() {
    return to;
  }

  /**
   * Copies what is not there, and compares everything.
   *
   * @param progress is told how many events were compared
   */
  public Proof run(LongConsumer progress) {
    try (EventStore source = StoreAddress.openForReading(home, from);
        EventStore target = StoreAddress.open(home, to)) {
      Migration migration =
          StoreAddress.isShared(to)
              ? new Migration(target, new OutgoingRows(Machine.sender(home))::of, progress)
              : new Migration(target, event -> event, progress);
      migration.forgetAs(source);
      migration.copy(source);
      if (source.released(Long.MIN_VALUE, Long.MAX_VALUE).events() > 0) {
        archived(migration, source);
      }
      target.settle();
      target.rollUp();
      return migration.proof();
    }
  }

  /** A damaged archive is told, and costs itself. */
  private void archived(Migration migration, EventStore source) {
    Archives archives = new Archives(new ArchiveFolder(home.archives(), FileOperations.DISK));
    for (WeekArchive archive : archives.folder().list()) {
      try {
        archives.events(
            archive.week(),
            events -> {
              migration.copyOthers(events, source);
              return archive.week();
            });
      } catch (ArchiveException e) {
        home.tell(String.valueOf(e.getMessage()));
      }
    }
  }
}
