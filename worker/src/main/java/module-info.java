/** Runs agents for tasks: starts them, takes down what they say, and sees to it that they end. */
module dev.flightlog.worker {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive dev.flightlog.formats;
  requires transitive dev.flightlog.recorder;
  requires transitive dev.flightlog.tasks;

  exports dev.flightlog.worker;
  exports dev.flightlog.worker.capture;
}
