/** Pages for people: from answers, events, tasks and rules to HTML. Knows nothing of HTTP. */
module dev.flightlog.dashboard {
  requires static org.jspecify;
  requires transitive dev.flightlog.analysis;
  requires transitive dev.flightlog.learning;
  requires transitive dev.flightlog.tasks;

  exports dev.flightlog.dashboard.answers;
  exports dev.flightlog.dashboard.assets;
  exports dev.flightlog.dashboard.chart;
  exports dev.flightlog.dashboard.frame;
  exports dev.flightlog.dashboard.html;
  exports dev.flightlog.dashboard.pages;
  exports dev.flightlog.dashboard.runs;
}
