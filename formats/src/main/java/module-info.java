/** What other programs write, understood once. */
module dev.flightlog.formats {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;

  exports dev.flightlog.formats;
  exports dev.flightlog.formats.hooks;
  exports dev.flightlog.formats.lines;
  exports dev.flightlog.formats.occurrence;
  exports dev.flightlog.formats.otlp;
  exports dev.flightlog.formats.reading;
  exports dev.flightlog.formats.rows;
  exports dev.flightlog.formats.usage;
}
