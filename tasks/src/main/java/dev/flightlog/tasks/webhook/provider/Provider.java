package dev.flightlog.tasks.webhook.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.tasks.webhook.signature.Headers;
import dev.flightlog.tasks.webhook.signature.Signature;

/** A sender of webhooks, as its documentation describes it. Immutable, safe for any thread. */
public interface Provider {
  /** The last segment of its route, and {@code provider} in events. */
  String name();

  Signature signature();

  /** Who may command, by which patterns and labels, and what follows. */
  Commands commands();

  /**
   * Which delivery this is. Called only when the signature was right.
   *
   * @param bodyHash SHA-256 of the raw body in hex
   * @throws RefusedException when it is none
   */
  Identity identify(Headers headers, JsonNode body, String bodyHash) throws RefusedException;

  /** What it says. The body is the one that was kept: redacted. Never throws for its content. */
  Message read(String event, JsonNode body);
}
