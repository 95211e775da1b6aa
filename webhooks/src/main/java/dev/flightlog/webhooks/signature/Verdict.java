package dev.flightlog.webhooks.signature;

/** What a signature is worth. */
public sealed interface Verdict {
  /** It is right. */
  record Right() implements Verdict {}

  /**
   * It is worth nothing.
   *
   * @param reason in words that tell an attacker no more than he sent
   */
  record Wrong(String reason) implements Verdict {}
}
