/** Questions, budgets, answers: everything that is read out of a store. */
module dev.flightlog.analysis {
  requires transitive dev.flightlog.store;
  requires static transitive org.jspecify;

  exports dev.flightlog.analysis;
  exports dev.flightlog.analysis.digest;
  exports dev.flightlog.analysis.templates;
  exports dev.flightlog.analysis.tokens;
  exports dev.flightlog.analysis.wording;
}
