package dev.flightlog.analysis.arguments;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;

/** How points in time are said: in the reader's zone. Times are microseconds since 1970. */
public record Dates(ZoneId zone) {
  public static final Dates UTC = new Dates(ZoneOffset.UTC);

  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /**
   * A zone by its name: {@code Europe/Berlin}, {@code UTC}, {@code +02:00}.
   *
   * @throws QuestionException when there is none
   */
  public static Dates in(String zone) {
    try {
      return new Dates(ZoneId.of(zone.strip()));
    } catch (DateTimeException e) {
      throw new QuestionException(
          "there is no time zone '"
              + dev.flightlog.wording.SafeText.shortened(zone, 40)
              + "'; write one such as Europe/Berlin, America/New_York, +02:00 or UTC");
    }
  }

  /** The time in the zone. */
  public ZonedDateTime at(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000L) * 1000)
        .atZone(zone);
  }

  /** A time in microseconds since 1970. */
  public static long micros(ZonedDateTime time) {
    return time.toEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  /** True when days begin where those of UTC do. */
  public boolean isUtc() {
    ZoneRules rules = zone.getRules();
    return rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
  }

  /** The name of the zone, as programs get it. */
  public String name() {
    return isUtc() ? "UTC" : zone.getId();
  }

  /** {@code 2026-01-21}. */
  public String day(long time) {
    return at(time).toLocalDate().toString();
  }

  /** {@code 2026-01-21 19:12:05}; in UTC with a {@code Z}. */
  public String second(long time) {
    String text = at(time).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS).toString();
    return text.replace('T', ' ') + (text.length() == 16 ? ":00" : "") + (isUtc() ? "Z" : "");
  }

  /** {@code 2026-01-21 19:12}, or the date alone at midnight. */
  public String minute(long time) {
    ZonedDateTime at = at(time);
    boolean midnight = at.toLocalTime().toNanoOfDay() / 1000 == 0;
    return midnight ? day(time) : day(time) + ' ' + clock(at);
  }

  private static String clock(ZonedDateTime at) {
    return (at.getHour() < 10 ? "0" : "")
        + at.getHour()
        + (at.getMinute() < 10 ? ":0" : ":")
        + at.getMinute();
  }

  /** The same, cut to the minute, so that it always has one but at midnight. */
  public String wholeMinute(long time) {
    return minute(Math.floorDiv(time, 60_000_000L) * 60_000_000);
  }

  /** The same with the name of the zone. */
  public String minuteInZone(long time) {
    return minute(time) + ' ' + name();
  }

  /** True when both lie on one day. */
  public boolean isSameDay(long a, long b) {
    return at(a).toLocalDate().equals(at(b).toLocalDate());
  }

  /** {@code Jan 21}. */
  public String date(long time) {
    ZonedDateTime at = at(time);
    return MONTHS[at.getMonthValue() - 1] + ' ' + at.getDayOfMonth();
  }

  /** {@code Jan 21}; with its year when that is not the present one. */
  public String date(long time, long now) {
    int year = at(time).getYear();
    return date(time) + (year == at(now).getYear() ? "" : " " + year);
  }

  /** {@code Jan 2026}. */
  public String month(long time) {
    ZonedDateTime at = at(time);
    return MONTHS[at.getMonthValue() - 1] + ' ' + at.getYear();
  }
}
