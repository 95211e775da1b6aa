package dev.flightlog.server.web;

import java.io.IOException;

/**
 * Where the messages of a stream go: to one reader. For one thread. Every call may block while the
 * reader is slow, and fails when it has gone or takes nothing any more; the stream is over then.
 */
public interface MessageOutput {

  /** Sends, at the latest with the next {@link #flush}. */
  void send(Message message) throws IOException;

  /** Sends a sign of life that moves the reader to this place without telling it anything. */
  void place(String id) throws IOException;

  /** Waits until everything was handed to the connection. */
  void flush() throws IOException;
}
