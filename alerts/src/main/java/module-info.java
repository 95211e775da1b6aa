/** Budgets, and what people should be told before they look: rules, states, messages. */
module dev.flightlog.alerts {
  requires static org.jspecify;
  requires transitive dev.flightlog.analysis;

  exports dev.flightlog.alerts.budget;
}
