/** HTTP and MCP for one home: routes, gate, sessions. One package a feature. */
module dev.flightlog.server {
  requires static org.jspecify;
  requires transitive dev.flightlog.alerts;
  requires transitive dev.flightlog.analysis;
  requires transitive dev.flightlog.formats;
  requires transitive dev.flightlog.dashboard;
  requires transitive dev.flightlog.webhooks;
  requires transitive dev.flightlog.worker;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires io.javalin;
  requires transitive io.modelcontextprotocol.sdk.mcp;
  requires jakarta.servlet;
  requires java.logging;
  requires java.management;
  requires org.eclipse.jetty.ee10.servlet;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;
  requires org.eclipse.jetty.websocket.api;
  requires org.eclipse.jetty.websocket.server;

  exports dev.flightlog.server.alerts;
  exports dev.flightlog.server.dashboard;
  exports dev.flightlog.server.events;
  exports dev.flightlog.server.health;
  exports dev.flightlog.server.hooks;
  exports dev.flightlog.server.http;
  exports dev.flightlog.server.mcp;
  exports dev.flightlog.server.otlp;
  exports dev.flightlog.server.metrics;
  exports dev.flightlog.server.questions;
  exports dev.flightlog.server.runs;
  exports dev.flightlog.server.sharing;
  exports dev.flightlog.server.start;
  exports dev.flightlog.server.stats;
  exports dev.flightlog.server.stream;
  exports dev.flightlog.server.tasks;
  exports dev.flightlog.server.tokens;
  exports dev.flightlog.server.web;
  exports dev.flightlog.server.webhooks;
}
