package dev.flightlog.webhooks.signature;

import org.jspecify.annotations.Nullable;

/**
 * What a signature is worth.
 *
 * @param refusal why it is worth nothing, in words that tell an attacker no more than he sent; null
 *     when it is right
 */
public record Verdict(@Nullable String refusal) {
  static final Verdict RIGHT = new Verdict(null);

  static Verdict refused(String reason) {
    return new Verdict(reason);
  }

  public boolean isRight() {
    return refusal == null;
  }
}
