package dev.flightlog.store;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import org.jspecify.annotations.Nullable;

/** What events are grouped by. Events without a value form a group of their own, with key null. */
public sealed interface Dimension {

  /** The key of the event's group: String, Boolean, Long; or null. */
  @Nullable Object keyOf(Event event);

  /**
   * Groups by a text, boolean or whole field.
   *
   * @throws IllegalArgumentException when the field is of another kind
   */
  static Dimension of(Field field) {
    return new ByAttribute(Attribute.of(field));
  }

  /** Groups by the text under a key of the details. */
  static Dimension detail(String key) {
    return new ByAttribute(Attribute.detail(key));
  }

  /** Groups by hour, day or week, in UTC; the key is its beginning in microseconds since 1970. */
  static Dimension by(Span span) {
    return new BySpan(span);
  }

  /** A length of time at whose multiples groups begin. */
  enum Span {
    HOUR(3_600_000_000L, 0),
    DAY(Timestamps.DAY, 0),
    /** From Monday. */
    WEEK(7 * Timestamps.DAY, 4 * Timestamps.DAY);

    private final long micros;
    private final long first;

    Span(long micros, long first) {
      this.micros = micros;
      this.first = first;
    }

    /** Its length in microseconds. */
    public long micros() {
      return micros;
    }

    /** Where one of them begins, in microseconds since 1970: the others are whole lengths away. */
    public long first() {
      return first;
    }

    /** The beginning of the one in which this time lies. */
    public long startOf(long time) {
      return Math.floorDiv(time - first, micros) * micros + first;
    }
  }

  /** See {@link #of(Field)} and {@link #detail}. */
  record ByAttribute(Attribute attribute) implements Dimension {
    public ByAttribute {
      if (attribute instanceof Attribute.Column(Field field)) {
        switch (field.kind()) {
          case TEXT, BOOLEAN, INTEGER -> {}
          case TIME, REAL, JSON ->
              throw new IllegalArgumentException("nothing is grouped by " + field.wireName());
        }
      }
    }

    @Override
    public @Nullable Object keyOf(Event event) {
      return attribute instanceof Attribute.Column(Field field)
          ? event.get(field)
          : attribute.text(event);
    }
  }

  /** See {@link #by}. */
  record BySpan(Span span) implements Dimension {
    @Override
    public Object keyOf(Event event) {
      return span.startOf(event.micros());
    }
  }
}
