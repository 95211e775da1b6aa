/** How events age: journals, index, weekly archives, quarterly summaries. */
module dev.flightlog.lifecycle {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive dev.flightlog.store;
  requires dev.flightlog.recorder;

  exports dev.flightlog.lifecycle;
  exports dev.flightlog.lifecycle.archive;
  exports dev.flightlog.lifecycle.files;
}
