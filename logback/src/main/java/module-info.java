/** Run logs and events of what programs log through SLF4J. Knows runs and the recorder. */
module dev.flightlog.logback {
  requires static org.jspecify;
  requires transitive dev.flightlog.runs;
  requires transitive org.slf4j;
  requires static transitive ch.qos.logback.classic;
  requires static transitive ch.qos.logback.core;

  exports dev.flightlog.logback;

  // Logback sets what its configuration names.
  opens dev.flightlog.logback to
      ch.qos.logback.core;
}
