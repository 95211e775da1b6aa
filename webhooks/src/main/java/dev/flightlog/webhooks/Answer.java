package dev.flightlog.webhooks;

import dev.flightlog.event.json.JsonWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the provider is told.
 *
 * @param text the body; for statuses from 400 the reason in words
 * @param retryAfter when to try again; null when that is of no use
 */
public record Answer(int status, String mediaType, String text, @Nullable Duration retryAfter) {
  static Answer refused(int status, String reason) {
    return new Answer(status, "text/plain", reason, null);
  }

  static Answer later(String reason, Duration retryAfter) {
    return new Answer(503, "text/plain", reason, retryAfter);
  }

  static Answer challenge(String challenge) {
    return new Answer(200, "text/plain; charset=utf-8", challenge, null);
  }

  static Answer kept(String delivery, boolean isNew) {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("status").string(isNew ? "accepted" : "duplicate");
    json.key("delivery_id").string(delivery);
    return new Answer(200, "application/json", json.endObject().toString(), null);
  }

  public boolean isRefusal() {
    return status >= 400;
  }
}
