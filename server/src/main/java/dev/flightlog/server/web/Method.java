package dev.flightlog.server.web;

/** The methods routes are made of. {@code HEAD} is answered wherever {@code GET} is. */
public enum Method {
  GET,
  POST,
  PUT,
  DELETE
}
