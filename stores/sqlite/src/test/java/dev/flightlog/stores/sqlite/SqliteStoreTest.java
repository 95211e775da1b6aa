package dev.flightlog.stores.sqlite;

import dev.flightlog.store.EventStore;
import dev.flightlog.stores.contract.StoreContract;
import dev.flightlog.stores.memory.MemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** All promises, in real files. */
class SqliteStoreTest implements StoreContract {
  @TempDir Path folder;
  private int files;

  @Override
  public EventStore freshStore() {
    return SqliteStore.open(folder.resolve("events" + files++ + ".db"));
  }

  @Override
  public EventStore reference() {
    return new MemoryStore();
  }
}
