package dev.flightlog.formats.reading;

import dev.flightlog.event.Timestamps;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the time in a line of any kind. Stateless. */
public final class Times {
  private static final String[] KEYS = {
    "timestamp",
    "time",
    "ts",
    "@timestamp",
    "created_at",
    "createdAt",
    "date",
    "datetime",
    "@t",
    "asctime",
    "event_time",
    "eventTime"
  };

  private Times() {}

  /** True when a time may stand under this key. */
  public static boolean isKey(String key) {
    for (String known : KEYS) {
      if (known.equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** The time of a line in microseconds since 1970, or {@link Timestamps#NONE}. */
  public static long of(Map<?, ?> line) {
    for (String key : KEYS) {
      long time = of(line.get(key));
      if (time != Timestamps.NONE) {
        return time;
      }
    }
    return Timestamps.NONE;
  }

  /** The time that a value tells, or {@link Timestamps#NONE}. */
  public static long of(@Nullable Object value) {
    if (value instanceof Number number) {
      return Timestamps.ofEpochNumber(number.doubleValue());
    }
    if (!(value instanceof String text)) {
      return Timestamps.NONE;
    }
    long time = Timestamps.parse(text.strip());
    if (time == Timestamps.NONE && text.length() >= 9 && text.length() < 24) {
      try {
        return Timestamps.ofEpochNumber(Double.parseDouble(text));
      } catch (NumberFormatException noNumber) {
        return Timestamps.NONE;
      }
    }
    return time;
  }
}
