package dev.flightlog.server.web;

/** The server cannot start or go on. The message tells what, where, and how to mend it. */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ServerException(String message) {
    super(message);
  }
}
