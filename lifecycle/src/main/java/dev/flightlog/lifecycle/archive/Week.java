package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.Timestamps;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A week as ISO 8601 counts them, Monday to Sunday in UTC.
 *
 * @param year the year to which the week belongs
 * @param number 1 to 53
 */
public record Week(int year, int number) implements Comparable<Week> {
  private static final Pattern FORM = Pattern.compile("(\\d{4})(?:-W|_week_)(\\d{1,2})");
  private static final String SUFFIX = ".jsonl.gz";

  public Week {
    if (year < 1970 || year > 9999 || number < 1 || number > weeksOf(year)) {
      throw new IllegalArgumentException("there is no week " + number + " in " + year);
    }
  }

  private static int weeksOf(int year) {
    return (int)
        IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(LocalDate.of(year, 7, 1)).getMaximum();
  }

  /** The week in which this time lies. */
  public static Week of(long micros) {
    return of(Timestamps.instant(micros).atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** The week in which this day lies. */
  public static Week of(LocalDate day) {
    return new Week(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** Reads {@code 2025-W38}, or {@code 2025_week_38}; empty when it is no week. */
  public static Optional<Week> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Week(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The week of an archive's name; empty for another file. */
  static Optional<Week> ofFileName(String name) {
    return name.endsWith(SUFFIX)
        ? parse(name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /** Such as {@code 2025_week_38.jsonl.gz}. */
  public String fileName() {
    return baseName() + SUFFIX;
  }

  /** Such as {@code 2025_week_38}. */
  public String baseName() {
    return String.format(Locale.ROOT, "%04d_week_%02d", year, number);
  }

  /** Its Monday. */
  public LocalDate monday() {
    return LocalDate.of(year, 1, 4).with(DayOfWeek.MONDAY).plusWeeks(number - 1L);
  }

  /** Its beginning, in microseconds since 1970. */
  public long since() {
    return Timestamps.of(monday().atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Its end, the first time that is no more in it. */
  public long until() {
    return since() + 7 * Timestamps.DAY;
  }

  public Instant end() {
    return Timestamps.instant(until());
  }

  public Week next() {
    return of(monday().plusWeeks(1));
  }

  public Week previous() {
    return of(monday().minusWeeks(1));
  }

  @Override
  public int compareTo(Week other) {
    return monday().compareTo(other.monday());
  }

  /** Such as {@code 2025-W38}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04d-W%02d", year, number);
  }
}
