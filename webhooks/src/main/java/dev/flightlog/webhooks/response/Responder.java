package dev.flightlog.webhooks.response;

import dev.flightlog.webhooks.provider.Message;

/** Answers where a command was given. Safe for any thread. */
@FunctionalInterface
public interface Responder {
  /** What is told. */
  enum Reply {
    /** The command was heard. */
    HEARD,
    /** Who gave it may not. */
    DENIED
  }

  /** Of a provider that has no place to answer, or none configured. */
  Responder NONE =
      (event, message, reply) -> new ResponseOutcome.Skipped("no response is configured");

  /**
   * Answers once, whatever it takes; blocks for at most some minutes. Never throws for what the
   * other side does.
   */
  ResponseOutcome respond(String event, Message message, Reply reply) throws InterruptedException;
}
