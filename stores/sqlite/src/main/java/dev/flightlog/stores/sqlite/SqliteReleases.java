package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.archive.RowReleases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The {@link RowReleases} of one file. Safe for many threads, as its store is. */
final class SqliteReleases implements RowReleases {
  private final SqliteStore store;
  private final Path file;

  SqliteReleases(SqliteStore store, Path file) {
    this.store = store;
    this.file = file;
  }

  @Override
  public long release(long since, long until, Set<String> kept) {
    return store.write(writer -> writer.release(since, until, kept));
  }

  @Override
  public long reinstate(long since, long until, Iterator<Event> events) {
    return store.write(writer -> writer.reinstate(since, until, events));
  }

  @Override
  public void takeOver(RowReleases old) {
    if (!(old instanceof SqliteReleases other)) {
      throw new StoreException(Kind.REFUSED, "what another engine released cannot be taken over");
    }
    store.<Path>write(writer -> {
      writer.takeOver(other.file);
      return file;
    });
  }

  @Override
  public void compact() {
    store.<Path>write(writer -> {
      writer.compact(file);
      return file;
    });
  }

  @Override
  public long bytesOnDisk() {
    long bytes = 0;
    for (String suffix : List.of("", "-wal")) {
      Path part = Path.of(file + suffix);
      try {
        bytes += Files.exists(part) ? Files.size(part) : 0;
      } catch (IOException e) {
        throw new StoreException(Kind.UNREACHABLE, part + " cannot be looked at: " + e, e);
      }
    }
    return bytes;
  }
}
