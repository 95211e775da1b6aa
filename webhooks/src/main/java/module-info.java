/** From a request that a provider sends to a task in the queue. */
module dev.flightlog.webhooks {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive dev.flightlog.recorder;
  requires transitive dev.flightlog.tasks;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive java.net.http;
  requires java.sql;
  requires org.commonmark;

  exports dev.flightlog.webhooks;
  exports dev.flightlog.webhooks.command;
  exports dev.flightlog.webhooks.provider;
  exports dev.flightlog.webhooks.response;
  exports dev.flightlog.webhooks.signature;
}
