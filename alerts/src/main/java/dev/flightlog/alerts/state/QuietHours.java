package dev.flightlog.alerts.state;

import dev.flightlog.analysis.arguments.Dates;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Hours of each day in which no message is sent, in the reader's zone; over midnight when the end
 * is before the beginning.
 */
public record QuietHours(LocalTime from, LocalTime to) {
  /**
   * {@code 22:00-07:00}.
   *
   * @return null when it is empty: there are none
   */
  public static @Nullable QuietHours of(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int dash = text.indexOf('-');
    return new QuietHours(
        LocalTime.parse(text.substring(0, dash).strip()),
        LocalTime.parse(text.substring(dash + 1).strip()));
  }

  /** When a message of this time may be sent: at once, or when these hours are over. */
  long due(long time, Dates dates) {
    ZonedDateTime at = dates.at(time);
    LocalTime clock = at.toLocalTime();
    boolean over = to.isBefore(from);
    boolean quiet =
        over
            ? !clock.isBefore(from) || clock.isBefore(to)
            : !clock.isBefore(from) && clock.isBefore(to);
    if (!quiet) {
      return time;
    }
    boolean tomorrow = over && !clock.isBefore(from);
    ZonedDateTime end = at.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to).atZone(dates.zone());
    return Math.max(time, Dates.micros(end));
  }
}
