/** Keeps events in ClickHouse, one server or a cluster, for many machines. */
module dev.flightlog.stores.clickhouse {
  requires static org.jspecify;
  requires transitive dev.flightlog.store;
  requires java.net.http;

  exports dev.flightlog.stores.clickhouse;
}
