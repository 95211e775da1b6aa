package dev.flightlog.webhooks;

import java.time.Duration;

/** What became of a request, for its sender. */
public sealed interface Receipt {
  /**
   * It is on disk, and is handled once.
   *
   * @param isNew false when it was there before
   */
  record Kept(String deliveryId, boolean isNew) implements Receipt {}

  /** It is on disk, and asks for this text back, word for word. */
  record Challenged(String challenge) implements Receipt {}

  /**
   * It is not taken, and sending it again as it is will not help.
   *
   * @param reason in words for the sender
   */
  record Refused(Refusal refusal, String reason) implements Receipt {}

  /** It could not be kept now; sending it again later will help. */
  record Later(String reason, Duration after) implements Receipt {}
}
