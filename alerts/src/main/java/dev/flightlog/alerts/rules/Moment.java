package dev.flightlog.alerts.rules;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.store.EventStore;
import java.util.function.Predicate;

/**
 * What rules look at.
 *
 * @param now in microseconds since 1970
 * @param limits as the settings are now
 * @param firing true for the key of a condition that was told and is not over
 */
public record Moment(
    EventStore store,
    Pricing pricing,
    Dates dates,
    long now,
    Limits limits,
    Predicate<String> firing) {
  static final long MINUTE = 60_000_000L;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
}
