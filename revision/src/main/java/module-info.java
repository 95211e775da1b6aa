/** The weekly run: what recurred, what changed, what to decide. */
module dev.flightlog.revision {
  requires static org.jspecify;
  requires transitive dev.flightlog.analysis;
  requires transitive dev.flightlog.learning;
  requires transitive dev.flightlog.lifecycle;
  requires transitive dev.flightlog.recorder;

  exports dev.flightlog.revision;
  exports dev.flightlog.revision.report;
  exports dev.flightlog.revision.schedule;
}
