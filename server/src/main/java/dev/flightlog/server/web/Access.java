package dev.flightlog.server.web;

/** Who may call a route, once {@code Host} and {@code Origin} are right. */
public enum Access {
  /** Needs a token, unless the server is reached over loopback under a loopback name. */
  TOKEN,
  /** The route knows its callers itself, by a signature; or tells nothing worth guarding. */
  OPEN
}
