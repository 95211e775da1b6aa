/** The suite every store passes. */
module dev.flightlog.stores.contract {
  requires static org.jspecify;
  requires transitive dev.flightlog.store;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;

  exports dev.flightlog.stores.contract;
}
