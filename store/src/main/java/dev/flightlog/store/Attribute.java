package dev.flightlog.store;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import org.jspecify.annotations.Nullable;

/** Something of an event that a filter, a group or a measure can look at. */
public sealed interface Attribute {
  /** The machine that an event in a shared store came from, as OpenTelemetry calls it. */
  Detail MACHINE = new Detail("host.name");

  /** Who worked on that machine, where it is told. */
  Detail PERSON = new Detail("user.name");

  /** The text in it; null when it is absent or no text. */
  @Nullable String text(Event event);

  /** The number in it; null when it is absent or no number. */
  @Nullable Number number(Event event);

  /** True when there is any value. */
  boolean isIn(Event event);

  static Attribute of(Field field) {
    return new Column(field);
  }

  static Attribute detail(String key) {
    return new Detail(key);
  }

  /**
   * A field by its wire or column name, or {@code details.<key>}.
   *
   * @throws IllegalArgumentException when there is no such field
   */
  static Attribute named(String name) {
    if (name.startsWith("details.")) {
      return new Detail(name.substring("details.".length()));
    }
    Field field = Field.named(name);
    if (field == null) {
      throw new IllegalArgumentException("there is no field " + name + "; write details." + name);
    }
    return new Column(field);
  }

  /** A field. A JSON field is its text as it is kept. Numbers: whole, time (microseconds), real. */
  record Column(Field field) implements Attribute {
    @Override
    public @Nullable String text(Event event) {
      return event.get(field) instanceof String text ? text : null;
    }

    @Override
    public @Nullable Number number(Event event) {
      return event.get(field) instanceof Number number ? number : null;
    }

    @Override
    public boolean isIn(Event event) {
      return event.get(field) != null;
    }

    /**
     * Written out, for it is asked on the way of every question: docs/decisions/0005-start-up.md.
     */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Column column && column.field == field;
    }

    @Override
    public int hashCode() {
      return field.hashCode();
    }

    @Override
    public String toString() {
      return field.wireName();
    }
  }

  /** A top-level key of the details. */
  record Detail(String key) implements Attribute {
    public Detail {
      if (key.isEmpty() || key.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
        throw new IllegalArgumentException("no key of details can be asked for as " + key);
      }
    }

    @Override
    public @Nullable String text(Event event) {
      return event.detail(key);
    }

    @Override
    public @Nullable Number number(Event event) {
      return event.detailNumber(key);
    }

    @Override
    public boolean isIn(Event event) {
      return event.details().get(key) != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Detail detail && detail.key.equals(key);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }

    @Override
    public String toString() {
      return "details." + key;
    }
  }
}
