/** How values become text: units, safe text, tables, CSV, tokens. */
module dev.flightlog.wording {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;

  exports dev.flightlog.wording;
  exports dev.flightlog.wording.tokens;
}
