package dev.flightlog.webhooks;

import java.time.Instant;

/**
 * One verified request of a provider, as it is kept.
 *
 * @param event what happened, such as {@code issue_comment.created}
 * @param bodyHash SHA-256 of the raw body in hex
 * @param received when its body was complete
 * @param validated when it was found right
 * @param body JSON, redacted
 */
record Delivery(
    String provider,
    String id,
    String event,
    String bodyHash,
    Instant received,
    Instant validated,
    byte[] body) {
  /** What the events of its stages are keyed by. */
  String key() {
    return "delivery:" + provider + ":" + id;
  }
}
