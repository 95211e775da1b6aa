package dev.flightlog.analysis.arguments;

import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.SafeText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * Reads a point in time: a length of time before now ({@code 90s}, {@code 15m}, {@code 36h}, {@code
 * 7d}, {@code 4w}), a date (its midnight in the reader's zone), or an RFC 3339 time. A time without
 * zone is UTC. Stateless.
 */
public final class Since {
  private Since() {}

  /**
   * The time in microseconds since 1970.
   *
   * @param option the name under which it was given, for the message
   * @param now in microseconds since 1970
   * @param zone where days begin
   * @throws QuestionException when the text is no such time
   */
  public static long parse(String text, String option, long now, ZoneId zone) {
    String value = text.strip();
    long unit = value.isEmpty() ? 0 : seconds(value.charAt(value.length() - 1));
    if (unit > 0 && value.length() > 1 && value.length() <= 7) {
      long number = 0;
      for (int i = 0; i < value.length() - 1; i++) {
        int digit = value.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          throw refused(text, option);
        }
        number = number * 10 + digit;
      }
      return now - number * unit * 1_000_000;
    }
    long time = Timestamps.parse(value);
    if (time == Timestamps.NONE) {
      throw refused(text, option);
    }
    return value.length() == 10 ? midnight(value, zone, time) : time;
  }

  private static long midnight(String date, ZoneId zone, long utc) {
    try {
      return Dates.micros(LocalDate.parse(date).atStartOfDay(zone));
    } catch (DateTimeParseException e) {
      return utc;
    }
  }

  private static long seconds(char unit) {
    return switch (unit) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3600;
      case 'd' -> 86_400;
      case 'w' -> 604_800;
      default -> 0;
    };
  }

  private static QuestionException refused(String text, String option) {
    return new QuestionException(
        option
            + " '"
            + SafeText.shortened(text, 40)
            + "' is no time; write a length such as 36h, 7d or 4w, a date such as 2026-01-31, or a"
            + " time such as 2026-01-31T09:00:00Z (UTC when it has no zone)");
  }
}
