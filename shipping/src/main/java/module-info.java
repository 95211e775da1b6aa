/** What goes from a machine into a store that many share. */
module dev.flightlog.shipping {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive dev.flightlog.store;

  exports dev.flightlog.shipping;
  exports dev.flightlog.shipping.confirmed;
  exports dev.flightlog.shipping.migration;
  exports dev.flightlog.shipping.pull;
}
