/** Questions, budgets, answers: everything that is read out of a store. */
module dev.flightlog.analysis {
  requires static org.jspecify;
  requires transitive dev.flightlog.patterns;
  requires transitive dev.flightlog.store;
  requires transitive dev.flightlog.wording;

  exports dev.flightlog.analysis;
  exports dev.flightlog.analysis.arguments;
  exports dev.flightlog.analysis.ask;
  exports dev.flightlog.analysis.live;
  exports dev.flightlog.analysis.search;
  exports dev.flightlog.analysis.sharing;
  exports dev.flightlog.analysis.statistics;
  exports dev.flightlog.analysis.stories;
}
