package dev.flightlog.recorder.journal;

/** How many events were dropped, from when to when (microseconds since 1970). */
public record Gap(long events, long firstMicros, long lastMicros) {
  Gap and(Gap other) {
    return new Gap(
        events + other.events,
        Math.min(firstMicros, other.firstMicros),
        Math.max(lastMicros, other.lastMicros));
  }
}
