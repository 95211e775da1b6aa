/** The universal event, its line form, and redaction. Knows no other room. */
module dev.flightlog.event {
  requires static org.jspecify;

  exports dev.flightlog.event;
  exports dev.flightlog.event.files;
  exports dev.flightlog.event.json;
  exports dev.flightlog.event.redaction;
}
