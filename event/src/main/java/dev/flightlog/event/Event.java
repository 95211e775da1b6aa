package dev.flightlog.event;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: an immutable value with up to one value a {@link Field}. Id, timestamp,
 * event type and category are always there; what is absent is null.
 *
 * <p>Safe for any thread. Two events are equal when all their fields are.
 */
public final class Event {
  private final @Nullable Object[] values;
  private volatile @Nullable Map<String, @Nullable Object> details;

  private Event(@Nullable Object[] values) {
    this.values = values;
  }

  /** Starts an event with what every event has. */
  public static Builder builder(String id, Instant timestamp, String eventType, Category category) {
    return new Builder(new Object[Field.count()])
        .set(Field.ID, id)
        .set(Field.TIMESTAMP, Timestamps.of(timestamp))
        .set(Field.EVENT_TYPE, eventType)
        .set(Field.CATEGORY, category.wireName());
  }

  /** Starts a copy of this event. */
  public Builder toBuilder() {
    return new Builder(values.clone());
  }

  public String id() {
    return (String) required(Field.ID);
  }

  public Instant timestamp() {
    return Timestamps.instant(micros());
  }

  /** The timestamp in microseconds since 1970. */
  public long micros() {
    return (Long) required(Field.TIMESTAMP);
  }

  public String eventType() {
    return (String) required(Field.EVENT_TYPE);
  }

  public Category category() {
    Category category = Category.of((String) required(Field.CATEGORY));
    return category == null ? Category.EXECUTION : category;
  }

  private Object required(Field field) {
    Object value = values[field.ordinal()];
    if (value == null) {
      throw new IllegalStateException("an event always has " + field.wireName());
    }
    return value;
  }

  /**
   * The value: String for TEXT and JSON (its text), Long for TIME (microseconds) and INTEGER,
   * Double, Boolean; or null.
   */
  public @Nullable Object get(Field field) {
    return values[field.ordinal()];
  }

  /** The value of a TEXT or JSON field, or null. */
  public @Nullable String text(Field field) {
    return (String) values[field.ordinal()];
  }

  /** The value of a TIME or INTEGER field, or null. */
  public @Nullable Long integer(Field field) {
    return (Long) values[field.ordinal()];
  }

  public @Nullable Double real(Field field) {
    return (Double) values[field.ordinal()];
  }

  public @Nullable Boolean flag(Field field) {
    return (Boolean) values[field.ordinal()];
  }

  /**
   * The details as a map in their order; empty when there are none. Values as {@link
   * JsonReader#value()} gives them.
   */
  public Map<String, @Nullable Object> details() {
    Map<String, @Nullable Object> known = details;
    if (known == null) {
      known = parse(text(Field.DETAILS));
      details = known;
    }
    return known;
  }

  /** A text in the details, or null when it is absent or no text. */
  public @Nullable String detail(String key) {
    return details().get(key) instanceof String text ? text : null;
  }

  /** A number in the details, or null when it is absent or no number. */
  public @Nullable Number detailNumber(String key) {
    return details().get(key) instanceof Number number ? number : null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> parse(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    Object value = new JsonReader().reset(utf8, 0, utf8.length).value();
    return value instanceof Map<?, ?> map
        ? Collections.unmodifiableMap((Map<String, @Nullable Object>) map)
        : Map.of();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event event && Arrays.equals(values, event.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** The line form, for messages. */
  @Override
  public String toString() {
    JsonWriter out = new JsonWriter();
    EventLine.encode(this, out);
    return out.toString();
  }

  /** Collects the fields of one event. For one thread, for one event. */
  public static final class Builder {
    private final @Nullable Object[] values;

    private Builder(@Nullable Object[] values) {
      this.values = values;
    }

    /**
     * Sets a field, or clears it with null.
     *
     * @throws IllegalArgumentException when the value has not the type that {@link Event#get} names
     */
    public Builder set(Field field, @Nullable Object value) {
      boolean fits =
          value == null
              || switch (field.kind()) {
                case TEXT, JSON -> value instanceof String;
                case TIME, INTEGER -> value instanceof Long;
                case REAL -> value instanceof Double;
                case BOOLEAN -> value instanceof Boolean;
              };
      if (value != null && !fits) {
        throw new IllegalArgumentException(
            field.wireName() + " takes " + field.kind() + ", not " + value.getClass().getName());
      }
      values[field.ordinal()] = value;
      return this;
    }

    /**
     * Sets the details from a map of text, numbers, booleans, maps and lists; an empty map clears
     * them.
     */
    public Builder details(Map<String, ? extends @Nullable Object> details) {
      return set(
          Field.DETAILS, details.isEmpty() ? null : new JsonWriter().value(details).toString());
    }

    /**
     * @throws IllegalStateException when id, timestamp, event type or category was cleared
     */
    public Event build() {
      Event event = new Event(values.clone());
      event.required(Field.ID);
      event.required(Field.TIMESTAMP);
      event.required(Field.EVENT_TYPE);
      event.required(Field.CATEGORY);
      return event;
    }
  }
}
