/** Journals, shipped on to where logs are kept. */
module dev.flightlog.forwarding {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive java.net.http;

  exports dev.flightlog.forwarding;
}
