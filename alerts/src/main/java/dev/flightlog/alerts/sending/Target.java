package dev.flightlog.alerts.sending;

import dev.flightlog.alerts.state.Notice;
import java.io.IOException;

/**
 * Who is told. Each call blocks until the message was taken, at most half a minute, and is safe to
 * be repeated.
 */
public interface Target {
  /** One word: {@code slack}, {@code webhook}, {@code email} or {@code command}. */
  String name();

  /**
   * Sends a message.
   *
   * @throws IOException when it was not taken; the message says why, and holds no secret
   * @throws InterruptedException when the thread was interrupted
   */
  void send(Notice notice) throws IOException, InterruptedException;
}
