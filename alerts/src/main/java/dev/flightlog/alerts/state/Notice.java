package dev.flightlog.alerts.state;

import dev.flightlog.event.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message about one change of one alert, to one target. Immutable.
 *
 * @param id the same whenever it is sent again
 * @param target the name of the one it is for
 * @param alert as it was at the change
 * @param at when the change was
 * @param attempts how often it could not be sent
 * @param due not to be sent before, in microseconds since 1970
 */
public record Notice(
    String id, String target, Kind kind, Alert alert, long at, int attempts, long due) {
  /** What happened to the alert. */
  public enum Kind {
    FIRED,
    /** It has become critical. */
    WORSE,
    RESOLVED,
    /** Nothing: somebody wants to see whether messages arrive. */
    TEST;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  Notice again(long later) {
    return new Notice(id, target, kind, alert, at, attempts + 1, later);
  }

  /** One line: {@code critical: the disk is nearly full}, {@code resolved: …}. */
  public String title() {
    return switch (kind) {
      case FIRED, WORSE -> alert.condition().severity().word() + ": " + alert.condition().title();
      case RESOLVED -> "resolved: " + alert.condition().title();
      case TEST -> "test: " + alert.condition().title();
    };
  }

  /** The title, and the figures and what to do below it. */
  public String text() {
    return "Flightlog, "
        + title()
        + "\n"
        + alert.condition().detail()
        + (kind == Kind.FIRED || kind == Kind.WORSE
            ? "\nSeen it: flightlog alerts ack " + alert.id()
            : "");
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("target", target);
    json.put("kind", kind.word());
    json.put("alert", alert.values());
    json.put("at", Timestamps.text(at));
    json.put("attempts", (long) attempts);
    json.put("due", Timestamps.text(due));
    return json;
  }

  static @Nullable Notice of(Map<?, ?> json) {
    Alert alert = json.get("alert") instanceof Map<?, ?> map ? Alert.of(map) : null;
    Long at = Alert.time(json, "at");
    Long due = Alert.time(json, "due");
    String kind = Alert.text(json, "kind");
    for (Kind each : Kind.values()) {
      if (each.word().equals(kind) && alert != null && at != null && due != null) {
        long attempts = json.get("attempts") instanceof Long number ? number : 0;
        return new Notice(
            Alert.text(json, "id"),
            Alert.text(json, "target"),
            each,
            alert,
            at,
            Math.clamp(attempts, 0, 1_000_000),
            due);
      }
    }
    return null;
  }
}
