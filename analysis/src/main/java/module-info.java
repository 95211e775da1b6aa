/** Questions, budgets, answers: everything that is read out of a store. */
module dev.flightlog.analysis {
  requires static transitive org.jspecify;

  exports dev.flightlog.analysis.tokens;
}
