/** The reference store: all promises, nothing for speed. */
module dev.flightlog.stores.memory {
  requires static org.jspecify;
  requires transitive dev.flightlog.store;

  exports dev.flightlog.stores.memory;
}
