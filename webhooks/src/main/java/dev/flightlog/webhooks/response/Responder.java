package dev.flightlog.webhooks.response;

import dev.flightlog.webhooks.provider.Message;

/** Answers where a command was given. Safe for any thread. */
public interface Responder {
  /** Of a provider that has no place to answer, or none configured. */
  Responder NONE = (event, message) -> Outcome.skipped("no response is configured");

  /**
   * Answers once, whatever it takes; blocks for at most some minutes. Never throws for what the
   * other side does.
   */
  Outcome respond(String event, Message message) throws InterruptedException;
}
