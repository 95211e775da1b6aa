package dev.flightlog.alerts.state;

import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.alerts.rules.Severity;
import dev.flightlog.event.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition that was told, from when it was found until it is over. Immutable.
 *
 * @param id short, by which people name it
 * @param since when it was found, in microseconds since 1970
 * @param over when it was over; null while it holds
 * @param acknowledged when somebody said that they know; then it is told no more until it is over
 */
public record Alert(
    String id, Condition condition, long since, @Nullable Long over, @Nullable Long acknowledged) {
  /** True while its condition holds. */
  public boolean isFiring() {
    return over == null;
  }

  Alert with(Condition now) {
    return new Alert(id, now, since, over, acknowledged);
  }

  Alert over(long time) {
    return new Alert(id, condition, since, time, acknowledged);
  }

  Alert acknowledged(long time) {
    return new Alert(id, condition, since, over, time);
  }

  /** What it holds by name, as JSON and tables show it. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", id);
    values.put("state", isFiring() ? acknowledged == null ? "firing" : "acknowledged" : "resolved");
    values.put("rule", condition.rule());
    values.put("severity", condition.severity().word());
    values.put("subject", condition.subject());
    values.put("title", condition.title());
    values.put("detail", condition.detail());
    values.put("since", Timestamps.text(since));
    values.put("resolved_at", over == null ? null : Timestamps.text(over));
    values.put("acknowledged_at", acknowledged == null ? null : Timestamps.text(acknowledged));
    return values;
  }

  /** What {@link #values} wrote; null when it is none. */
  static @Nullable Alert of(Map<?, ?> json) {
    Severity severity = Severity.of(text(json, "severity")).orElse(Severity.WARNING);
    Long since = time(json, "since");
    if (since == null || text(json, "id").isEmpty() || text(json, "rule").isEmpty()) {
      return null;
    }
    Condition condition =
        new Condition(
            text(json, "rule"),
            text(json, "subject"),
            severity,
            text(json, "title"),
            text(json, "detail"));
    return new Alert(
        text(json, "id"),
        condition,
        since,
        time(json, "resolved_at"),
        time(json, "acknowledged_at"));
  }

  static String text(Map<?, ?> json, String key) {
    return json.get(key) instanceof String text ? text : "";
  }

  static @Nullable Long time(Map<?, ?> json, String key) {
    if (!(json.get(key) instanceof String text)) {
      return null;
    }
    long micros = Timestamps.parse(text);
    return micros == Timestamps.NONE ? null : (Long) micros;
  }
}
