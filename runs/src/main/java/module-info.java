/** Logs of experiment runs, apart by step and component. Knows the event and the recorder. */
module dev.flightlog.runs {
  requires static org.jspecify;
  requires transitive dev.flightlog.recorder;

  exports dev.flightlog.runs;
  exports dev.flightlog.runs.archive;
  exports dev.flightlog.runs.files;
  exports dev.flightlog.runs.git;
  exports dev.flightlog.runs.reconciliation;
  exports dev.flightlog.runs.record;
  exports dev.flightlog.runs.summary;
}
