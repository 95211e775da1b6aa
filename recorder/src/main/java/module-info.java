/** Writes events from inside a program. Knows only the event. */
module dev.flightlog.recorder {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;

  exports dev.flightlog.recorder;
  exports dev.flightlog.recorder.agents;
  exports dev.flightlog.recorder.threads;
}
