/** Settings, sources and index of one home, without a console. */
module dev.flightlog.home {
  requires static org.jspecify;
  requires transitive dev.flightlog.analysis;
  requires transitive dev.flightlog.forwarding;
  requires transitive dev.flightlog.importer;
  requires transitive dev.flightlog.lifecycle;
  requires transitive dev.flightlog.recorder;
  requires transitive dev.flightlog.shipping;
  requires transitive dev.flightlog.tasks;
  requires transitive dev.flightlog.worker;
  requires dev.flightlog.stores.clickhouse;
  requires dev.flightlog.stores.sqlite;
  requires java.sql;

  exports dev.flightlog.home;
  exports dev.flightlog.home.checks;
  exports dev.flightlog.home.duty;
  exports dev.flightlog.home.hooks;
  exports dev.flightlog.home.forwarding;
  exports dev.flightlog.home.index;
  exports dev.flightlog.home.lifecycle;
  exports dev.flightlog.home.paths;
  exports dev.flightlog.home.questions;
  exports dev.flightlog.home.settings;
  exports dev.flightlog.home.sources;
  exports dev.flightlog.home.tasks;
}
