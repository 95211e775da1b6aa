/** Follows journals, and feeds a store exactly once. */
module dev.flightlog.importer {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive dev.flightlog.formats;
  requires transitive dev.flightlog.store;
  requires aircompressor;

  exports dev.flightlog.importer;
}
