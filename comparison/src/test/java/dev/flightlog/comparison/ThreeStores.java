package dev.flightlog.comparison;

import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.clickhouse.ClickHouseProvider;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.stores.sqlite.SqliteProvider;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;

/** The reference, SQLite and the real ClickHouse, each with the same events. */
final class ThreeStores implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Map<String, EventStore> stores = new LinkedHashMap<>();

  private ThreeStores() {}

  /** So that sums are kept of some lengths of time, and others read. */
  private static final String SUMS = "?sums_from=40";

  /** Empty ones. Ends the test as not run where there is no ClickHouse; that is told. */
  static ThreeStores empty(Path folder) {
    int number = NUMBERS.incrementAndGet();
    ClickHouseNode node = node();
    String address = node.address("compared_" + number);
    ThreeStores three = new ThreeStores();
    three.stores.put("memory", new MemoryStore());
    three.stores.put(
        "SQLite", new SqliteProvider().open(folder.resolve("events" + number + ".db").toString()));
    three.stores.put(
        "ClickHouse",
        new ClickHouseProvider(name -> name.endsWith("PASSWORD") ? node.password() : null)
            .open(address.substring(address.indexOf(':') + 1) + SUMS));
    return three;
  }

  private static ClickHouseNode node() {
    try {
      return ClickHouseNode.shared();
    } catch (MissingServerException e) {
      String why = String.valueOf(e.getMessage());
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  EventStore reference() {
    return stores.values().iterator().next();
  }

  /** By name, the reference first. */
  Map<String, EventStore> all() {
    return stores;
  }

  void append(Append append) {
    stores.values().forEach(store -> store.append(append));
  }

  void forget(Filter filter) {
    stores.values().forEach(store -> store.forget(filter));
  }

  void each(Consumer<EventStore> action) {
    stores.values().forEach(action);
  }

  @Override
  public void close() {
    stores.values().forEach(EventStore::close);
  }
}
