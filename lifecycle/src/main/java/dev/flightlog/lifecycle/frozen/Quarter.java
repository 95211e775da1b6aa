package dev.flightlog.lifecycle.frozen;

import dev.flightlog.event.Timestamps;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A quarter of a year, in UTC.
 *
 * @param number 1 to 4
 */
public record Quarter(int year, int number) implements Comparable<Quarter> {
  /** The quarter in which this time lies. */
  public static Quarter of(long micros) {
    LocalDate day = Timestamps.instant(micros).atZone(ZoneOffset.UTC).toLocalDate();
    return new Quarter(day.getYear(), (day.getMonthValue() - 1) / 3 + 1);
  }

  private LocalDate first() {
    return LocalDate.of(year, number * 3 - 2, 1);
  }

  /** Its beginning, in microseconds since 1970. */
  public long since() {
    return Timestamps.of(first().atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Its end, the first time that is no more in it. */
  public long until() {
    return Timestamps.of(first().plusMonths(3).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Such as {@code summary_2025_q3.json}. */
  public String fileName() {
    return "summary_" + year + "_q" + number + ".json";
  }

  @Override
  public int compareTo(Quarter other) {
    return year == other.year
        ? Integer.compare(number, other.number)
        : Integer.compare(year, other.year);
  }

  /** Such as {@code 2025-Q3}. */
  @Override
  public String toString() {
    return year + "-Q" + number;
  }
}
