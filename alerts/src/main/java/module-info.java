/** Budgets, and what people should be told before they look: rules, states, messages. */
module dev.flightlog.alerts {
  requires static org.jspecify;
  requires transitive dev.flightlog.analysis;
  requires java.net.http;

  exports dev.flightlog.alerts;
  exports dev.flightlog.alerts.budget;
  exports dev.flightlog.alerts.guard;
  exports dev.flightlog.alerts.rules;
  exports dev.flightlog.alerts.sending;
  exports dev.flightlog.alerts.state;
}
