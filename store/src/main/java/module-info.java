/** The seam between those who ask about events and those who keep them. */
module dev.flightlog.store {
  requires transitive dev.flightlog.event;
  requires static org.jspecify;

  exports dev.flightlog.store;
  exports dev.flightlog.store.address;
  exports dev.flightlog.store.archive;
  exports dev.flightlog.store.concurrent;
  exports dev.flightlog.store.lease;
  exports dev.flightlog.store.search;
  exports dev.flightlog.store.servers;
  exports dev.flightlog.store.sql;
  exports dev.flightlog.store.view;
}
