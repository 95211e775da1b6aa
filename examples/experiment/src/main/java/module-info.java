/** An experiment that logs its runs. */
module dev.flightlog.examples.experiment {
  requires static org.jspecify;
  requires dev.flightlog.runs;

  exports dev.flightlog.examples.experiment;
}
