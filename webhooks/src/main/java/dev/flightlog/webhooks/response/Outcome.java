package dev.flightlog.webhooks.response;

import org.jspecify.annotations.Nullable;

/**
 * What became of a response.
 *
 * @param status {@code sent}, {@code failed} or {@code skipped}
 * @param action what was done or tried, such as {@code reaction}
 * @param attempts how many calls were made
 * @param httpStatus of the last answer; null when there was none
 * @param reason why it was not sent; null when it was
 */
public record Outcome(
    String status,
    String action,
    int attempts,
    @Nullable Integer httpStatus,
    @Nullable String reason) {
  public static Outcome skipped(String reason) {
    return new Outcome("skipped", "none", 0, null, reason);
  }

  static Outcome failed(String action, String reason) {
    return new Outcome("failed", action, 0, null, reason);
  }

  /** True unless it was tried in vain. */
  public boolean isFine() {
    return !status.equals("failed");
  }
}
