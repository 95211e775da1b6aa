/** The command line of Flightlog. */
module dev.flightlog.cli {
  requires static org.jspecify;
  requires dev.flightlog.alerts;
  requires dev.flightlog.forwarding;
  requires dev.flightlog.home;
  requires dev.flightlog.learning;
  requires dev.flightlog.revision;
  requires dev.flightlog.runs;
  requires dev.flightlog.server;
  requires dev.flightlog.stores.memory;
  requires dev.flightlog.stores.sqlite;
  requires java.logging;
  requires java.net.http;
}
