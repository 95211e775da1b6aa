package dev.flightlog.formats.otlp;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name. Numbers may have been sent as texts: they are read either way. Immutable.
 *
 * @param map texts, {@link Long}, {@link Double}, {@link Boolean}, lists and maps of them
 */
public record Attributes(Map<String, @Nullable Object> map) {
  /** None. */
  public static final Attributes NONE = new Attributes(Collections.emptyMap());

  /** The value, or null. */
  public @Nullable Object get(String name) {
    return map.get(name);
  }

  public boolean has(String name) {
    return map.get(name) != null;
  }

  /** The first of these that is a text with something in it, or null. */
  public @Nullable String text(String... names) {
    for (String name : names) {
      Object value = map.get(name);
      if (value instanceof String text && !text.isEmpty()) {
        return text;
      }
      if (value instanceof Number || value instanceof Boolean) {
        return String.valueOf(value);
      }
    }
    return null;
  }

  /** True when the attribute is this text. */
  public boolean is(String name, String text) {
    return text.equals(map.get(name));
  }

  /** The first of these that is a whole number, or -1. */
  public long count(String... names) {
    for (String name : names) {
      double number = number(name);
      if (number >= 0 && number < 1e15) {
        return (long) number;
      }
    }
    return -1;
  }

  /** The number, or NaN. */
  public double number(String name) {
    Object value = map.get(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text && !text.isEmpty() && text.length() < 32) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException noNumber) {
        return Double.NaN;
      }
    }
    return Double.NaN;
  }

  /** True or false, also as a text; null where neither was told. */
  public @Nullable Boolean flag(String name) {
    Object value = map.get(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    return "true".equals(value) ? Boolean.TRUE : "false".equals(value) ? Boolean.FALSE : null;
  }
}
