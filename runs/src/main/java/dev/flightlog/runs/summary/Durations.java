package dev.flightlog.runs.summary;

import java.util.OptionalLong;

/** Durations as people say them. */
final class Durations {
  private Durations() {}

  /** Such as 1h 3m 9s, 2m 34s, 9s, or 340ms; {@code unknown} where none is known. */
  static String of(OptionalLong millis) {
    return millis.isPresent() ? of(millis.getAsLong()) : "unknown";
  }

  private static String of(long millis) {
    if (millis < 1000) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    StringBuilder text = new StringBuilder();
    if (seconds >= 3600) {
      text.append(seconds / 3600).append("h ");
    }
    if (seconds >= 60) {
      text.append(seconds % 3600 / 60).append("m ");
    }
    return text.append(seconds % 60).append('s').toString();
  }
}
