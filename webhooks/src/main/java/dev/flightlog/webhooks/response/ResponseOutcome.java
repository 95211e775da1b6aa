package dev.flightlog.webhooks.response;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What became of a response. */
public sealed interface ResponseOutcome {
  /**
   * The provider has it.
   *
   * @param action what was done, such as {@code reaction}
   * @param attempts how many calls were made
   * @param apiStatus of the provider's answer
   */
  record Sent(String action, int attempts, int apiStatus) implements ResponseOutcome {}

  /** There was nothing to send, or no place for it. */
  record Skipped(String reason) implements ResponseOutcome {}

  /**
   * It was tried in vain.
   *
   * @param apiStatus of the provider's last answer, if there was one
   */
  record Failed(String action, int attempts, OptionalInt apiStatus, String reason)
      implements ResponseOutcome {}

  /** True unless it was tried in vain. */
  default boolean isFine() {
    return !(this instanceof Failed);
  }

  /** As the fields of its stage. */
  default Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    switch (this) {
      case Sent sent -> {
        fields.put("status", "sent");
        fields.put("action", sent.action());
        fields.put("attempts", sent.attempts());
        fields.put("http_status", sent.apiStatus());
      }
      case Skipped skipped -> {
        fields.put("status", "skipped");
        fields.put("action", "none");
        fields.put("attempts", 0);
        fields.put("reason", skipped.reason());
      }
      case Failed failed -> {
        fields.put("status", "failed");
        fields.put("action", failed.action());
        fields.put("attempts", failed.attempts());
        failed.apiStatus().ifPresent(status -> fields.put("http_status", status));
        fields.put("reason", failed.reason());
      }
    }
    return fields;
  }
}
