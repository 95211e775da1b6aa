/** Rules that are proposed from what recurs, tried, and judged. */
module dev.flightlog.learning {
  requires static org.jspecify;
  requires transitive dev.flightlog.patterns;

  exports dev.flightlog.learning.books;
  exports dev.flightlog.learning.exposure;
  exports dev.flightlog.learning.hooks;
  exports dev.flightlog.learning.instructions;
  exports dev.flightlog.learning.outcomes;
  exports dev.flightlog.learning.rules;
  exports dev.flightlog.learning.trial;
  exports dev.flightlog.learning.verdict;
}
