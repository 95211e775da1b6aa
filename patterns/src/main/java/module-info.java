/** What recurs: facts of sessions, templates, sequences, remedies, interactions, failure. */
module dev.flightlog.patterns {
  requires static org.jspecify;
  requires transitive dev.flightlog.store;
  requires transitive dev.flightlog.wording;

  exports dev.flightlog.patterns;
  exports dev.flightlog.patterns.digest;
  exports dev.flightlog.patterns.facts;
  exports dev.flightlog.patterns.failure;
  exports dev.flightlog.patterns.interactions;
  exports dev.flightlog.patterns.remedies;
  exports dev.flightlog.patterns.sequences;
  exports dev.flightlog.patterns.templates;
}
