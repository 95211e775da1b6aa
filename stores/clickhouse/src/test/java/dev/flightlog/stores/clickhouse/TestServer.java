package dev.flightlog.stores.clickhouse;

import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Assumptions;

/** The node of this process, with a database for each test that asks for one. */
final class TestServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** Behind the name of a database: sums are kept of lengths of time with one event. */
  static final String EVERYTHING = "?sums_from=1";

  private TestServer() {}

  /** Ends the test as not run where there is no ClickHouse; that is told. */
  static ClickHouseNode node() {
    try {
      return ClickHouseNode.shared();
    } catch (MissingServerException e) {
      String why = String.valueOf(e.getMessage());
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  static String freshDatabase() {
    return "test_" + DATABASES.incrementAndGet();
  }

  /** One that keeps sums of whatever comes. */
  static ClickHouseStore freshStore() {
    return open(freshDatabase() + EVERYTHING);
  }

  static ClickHouseStore open(String database) {
    ClickHouseNode node = node();
    String address = node.address(database);
    return (ClickHouseStore) provider().open(address.substring(address.indexOf(':') + 1));
  }

  /** As a machine with this clock opens it, which tells milliseconds since 1970. */
  static ClickHouseStore open(String database, LongSupplier clock) {
    return ClickHouseStore.open(servers(database), true, Duration.ofSeconds(20), clock);
  }

  static Servers servers(String database) {
    ClickHouseNode node = node();
    String address = node.address(database);
    return ServerAddress.read(address.substring(address.indexOf(':') + 1), _ -> node.password());
  }

  static ClickHouseProvider provider() {
    ClickHouseNode node = node();
    return new ClickHouseProvider(
        name -> name.equals(ServerAddress.PASSWORD) ? node.password() : null);
  }
}
