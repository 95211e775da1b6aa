package dev.flightlog.formats.occurrence;

import org.jspecify.annotations.Nullable;

/**
 * Keys that several sources must make alike, so that they meet on one event: a transcript, a hook,
 * telemetry. Stateless.
 */
public final class EventKeys {
  private EventKeys() {}

  /**
   * One response of a model. The request id alone where there is one: Claude Code's telemetry knows
   * no other, and a response has one of either.
   */
  public static String modelCall(@Nullable String messageId, @Nullable String requestId) {
    return requestId == null || requestId.isEmpty()
        ? "model_call:" + messageId + ":"
        : "model_call:" + requestId;
  }

  /** A span that is no event of another kind. */
  public static String span(String traceId, String spanId) {
    return "span:" + traceId + ":" + spanId;
  }
}
