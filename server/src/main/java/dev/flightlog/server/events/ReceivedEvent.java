package dev.flightlog.server.events;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.wording.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as it was sent, checked field by field. Immutable. */
final class ReceivedEvent {
  private final String type;
  private final Category category;
  private final Map<Field, Object> fields = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> details = new LinkedHashMap<>();

  /** It is no event; the message says which part of it. */
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1;

    WrongException(String message) {
      super(message, null, false, false);
    }
  }

  private ReceivedEvent(String type, Category category) {
    this.type = type;
    this.category = category;
  }

  /**
   * @param value as JSON has it
   */
  static ReceivedEvent of(@Nullable Object value) throws WrongException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new WrongException("an event is an object");
    }
    if (!(map.get("event_type") instanceof String type) || !EventTypes.isWellFormed(type)) {
      throw new WrongException(
          "event_type is missing, or not snake_case of at most " + EventTypes.MAX_LENGTH);
    }
    ReceivedEvent event = new ReceivedEvent(type, category(type, map.get("category")));
    for (Map.Entry<?, ?> each : map.entrySet()) {
      event.put(String.valueOf(each.getKey()), each.getValue());
    }
    return event;
  }

  private static Category category(String type, @Nullable Object name) throws WrongException {
    Category fixed = EventTypes.categoryOf(type);
    if (fixed != null || name == null) {
      return fixed == null ? Category.EXECUTION : fixed;
    }
    Category named = name instanceof String word ? Category.of(word) : null;
    if (named == null) {
      throw new WrongException(
          "category is one of execution, error, interaction, performance, learning, decision");
    }
    return named;
  }

  private void put(String key, @Nullable Object value) throws WrongException {
    Field field = Field.named(key);
    if (value == null || field == Field.EVENT_TYPE || field == Field.CATEGORY) {
      return;
    }
    if (field == Field.DETAILS) {
      if (!(value instanceof Map<?, ?> map)) {
        throw new WrongException("details is an object");
      }
      map.forEach((name, detail) -> details.put(String.valueOf(name), detail));
    } else if (field == null || field == Field.SOURCE) {
      details.put(key, value);
    } else {
      fields.put(field, checked(field, value));
    }
  }

  private static Object checked(Field field, Object value) throws WrongException {
    switch (field.kind()) {
      case TEXT -> {
        if (value instanceof String) {
          return value;
        }
      }
      case INTEGER -> {
        if (value instanceof Long || value instanceof Integer) {
          return ((Number) value).longValue();
        }
      }
      case REAL -> {
        if (value instanceof Number number) {
          if (!Double.isFinite(number.doubleValue())) {
            throw new WrongException(field.wireName() + " is too large a number: " + value);
          }
          return number.doubleValue();
        }
      }
      case BOOLEAN -> {
        if (value instanceof Boolean) {
          return value;
        }
      }
      case TIME -> {
        long micros = value instanceof String text ? Timestamps.parse(text) : Timestamps.NONE;
        if (micros != Timestamps.NONE) {
          return Timestamps.instant(micros);
        }
      }
      case JSON -> {}
    }
    String wanted =
        switch (field.kind()) {
          case TEXT, JSON -> "a text";
          case INTEGER -> "a whole number";
          case REAL -> "a number";
          case BOOLEAN -> "true or false";
          case TIME -> "an RFC 3339 time";
        };
    String shown = SafeText.shortened(String.valueOf(value), 40);
    throw new WrongException(field.wireName() + " is " + wanted + ", not " + shown);
  }

  /** Records it. */
  Durability log(FlightRecorder recorder) {
    EventBuilder event = recorder.event(type, category);
    fields.forEach((field, value) -> {
      if (field == Field.ID) {
        event.id(String.valueOf(value));
      } else {
        event.set(field, value);
      }
    });
    return event.details(details).log();
  }
}
