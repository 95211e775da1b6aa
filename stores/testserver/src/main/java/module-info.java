/** Starts the real ClickHouse for tests. */
module dev.flightlog.stores.testserver {
  requires static org.jspecify;
  requires java.net.http;

  exports dev.flightlog.stores.testserver;
}
