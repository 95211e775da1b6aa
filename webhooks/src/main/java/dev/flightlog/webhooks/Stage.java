package dev.flightlog.webhooks;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of handling a delivery that is over.
 *
 * @param name one of the six
 * @param success false when it failed
 * @param fields what belongs to this stage, in the order in which it is written
 */
record Stage(
    String name,
    Instant completed,
    Duration duration,
    boolean success,
    Map<String, @Nullable Object> fields) {
  static final String RECEIVED = "received";
  static final String VALIDATION = "validation";
  static final String COMMAND_MATCHING = "command_matching";
  static final String IMMEDIATE_RESPONSE = "immediate_response";
  static final String TASK_CREATED = "task_created";
  static final String QUEUE_PUSH = "queue_push";

  /** A stage that went from one moment to another. */
  static Stage of(
      String name,
      Instant from,
      Instant to,
      boolean success,
      Map<String, @Nullable Object> fields) {
    Duration took = Duration.between(from, to);
    return new Stage(name, to, took.isNegative() ? Duration.ZERO : took, success, fields);
  }

  /** Milliseconds with three decimals. */
  static double millis(Duration duration) {
    return duration.toNanos() / 1000 / 1000.0;
  }

  /** The line in the task's flow. */
  Map<String, @Nullable Object> line() {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("timestamp", Timestamps.text(Timestamps.of(completed)));
    line.put("stage", name);
    line.putAll(fields);
    line.put("duration_ms", millis(duration));
    return line;
  }

  /**
   * The event; the same id whenever the stage of this key is told again.
   *
   * @param key tells the delivery from all others
   */
  Event event(String key, String provider, String delivery, @Nullable String taskId) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("provider", provider);
    details.put("delivery_id", delivery);
    details.put("stage", name);
    details.putAll(fields);
    details.put("duration_us", duration.toNanos() / 1000);
    return Event.builder(
            EventIds.ofKey(key), completed, EventTypes.WEBHOOK_STAGE, Category.EXECUTION)
        .set(Field.TASK_ID, taskId)
        .set(Field.DURATION_MS, Math.round(duration.toNanos() / 1e6))
        .set(Field.SUCCESS, success)
        .details(details)
        .build();
  }
}
