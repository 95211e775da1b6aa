package dev.flightlog.stores.sqlite;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.address.StoreProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** {@code sqlite:PATH}; a path that is not absolute begins in the working directory. */
public final class SqliteProvider implements StoreProvider {
  private final boolean indexesWords;
  private final Consumer<String> told;

  /** Indexes words, and tells nobody of upgrades. */
  public SqliteProvider() {
    this(true, _ -> {});
  }

  /** As {@link SqliteStore#open(Path, boolean, Consumer)} is given. */
  public SqliteProvider(boolean indexesWords, Consumer<String> told) {
    this.indexesWords = indexesWords;
    this.told = told;
  }

  @Override
  public String scheme() {
    return "sqlite";
  }

  @Override
  public String example() {
    return "sqlite:/path/to/events_index.db";
  }

  @Override
  public EventStore open(String rest) {
    return SqliteStore.open(path(rest), indexesWords, told);
  }

  @Override
  public EventStore openForReading(String rest) {
    return SqliteStore.openForReading(path(rest));
  }

  private Path path(String rest) {
    try {
      if (!rest.isBlank()) {
        return Path.of(rest);
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw new StoreException(
        Kind.REFUSED, "the address sqlite:" + rest + " names no file; write " + example());
  }
}
