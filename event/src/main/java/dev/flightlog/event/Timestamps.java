package dev.flightlog.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Points in time as microseconds since 1970-01-01T00:00Z, and their one text form: RFC 3339, UTC,
 * six digits, {@code +00:00} (32 characters), which sorts as text. Years 0000 to 9999. Stateless.
 */
public final class Timestamps {
  /** What the parsers answer when the text is no time. */
  public static final long NONE = Long.MIN_VALUE;

  /** The characters of the text form. */
  public static final int TEXT_LENGTH = 32;

  /** Microseconds in a day. */
  public static final long DAY = 86_400_000_000L;

  private static final long MIN = -62_167_219_200_000_000L;
  private static final long MAX = 253_402_300_799_999_999L;

  private Timestamps() {}

  /** Now, from the system clock. */
  public static long now() {
    return of(Instant.now());
  }

  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static String text(long micros) {
    byte[] out = new byte[TEXT_LENGTH];
    write(micros, out, 0);
    return new String(out, StandardCharsets.ISO_8859_1);
  }

  /** Writes the text form to 32 bytes; a time outside the years 0000 to 9999 is clamped. */
  public static void write(long micros, byte[] out, int at) {
    long time = Math.min(Math.max(micros, MIN), MAX);
    long day = Math.floorDiv(time, DAY);
    long rest = Math.floorMod(time, DAY);
    writeDate(day, out, at);
    out[at + 10] = 'T';
    int seconds = (int) (rest / 1_000_000);
    two(seconds / 3600, out, at + 11);
    out[at + 13] = ':';
    two(seconds / 60 % 60, out, at + 14);
    out[at + 16] = ':';
    two(seconds % 60, out, at + 17);
    out[at + 19] = '.';
    int fraction = (int) (rest % 1_000_000);
    two(fraction / 10_000, out, at + 20);
    two(fraction / 100 % 100, out, at + 22);
    two(fraction % 100, out, at + 24);
    out[at + 26] = '+';
    out[at + 27] = '0';
    out[at + 28] = '0';
    out[at + 29] = ':';
    out[at + 30] = '0';
    out[at + 31] = '0';
  }

  /** Writes {@code yyyy-MM-dd} of a day since 1970 to 10 bytes. */
  private static void writeDate(long epochDay, byte[] out, int at) {
    // Days to a civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    long z = epochDay + 719_468;
    long era = Math.floorDiv(z, 146_097L);
    long dayOfEra = z - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shifted = (5 * dayOfYear + 2) / 153;
    int day = (int) (dayOfYear - (153 * shifted + 2) / 5 + 1);
    int month = (int) (shifted < 10 ? shifted + 3 : shifted - 9);
    int year = (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
    two(year / 100, out, at);
    two(year % 100, out, at + 2);
    out[at + 4] = '-';
    two(month, out, at + 5);
    out[at + 7] = '-';
    two(day, out, at + 8);
  }

  /** The day of a time as eight digits, {@code yyyyMMdd}, in UTC. */
  public static String day(long micros) {
    String text = text(micros);
    return text.substring(0, 4) + text.substring(5, 7) + text.substring(8, 10);
  }

  /** Reads a time as {@link #parse(byte[], int, int)} does. */
  public static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * Reads an RFC 3339 time, generously: {@code T} or a space between date and time, seconds and
   * fraction may be absent, a comma may stand for the point, more than six digits are cut, an
   * offset may lack its colon, and a time without a zone is UTC; a date alone is its midnight.
   *
   * @return microseconds since 1970, or {@link #NONE}
   */
  public static long parse(byte[] s, int from, int to) {
    if (to - from < 10 || s[from + 4] != '-' || s[from + 7] != '-') {
      return NONE;
    }
    int year = number(s, from, 4);
    int month = number(s, from + 5, 2);
    int day = number(s, from + 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) {
      return NONE;
    }
    long micros = epochDay(year, month, day) * DAY;
    int at = from + 10;
    if (at == to) {
      return micros;
    }
    if ((s[at] != 'T' && s[at] != 't' && s[at] != ' ') || to - at < 6 || s[at + 3] != ':') {
      return NONE;
    }
    int hour = number(s, at + 1, 2);
    int minute = number(s, at + 4, 2);
    int second = 0;
    at += 6;
    if (at < to && s[at] == ':') {
      if (to - at < 3) {
        return NONE;
      }
      second = number(s, at + 1, 2);
      at += 3;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return NONE;
    }
    micros += ((hour * 60L + minute) * 60 + Math.min(second, 59)) * 1_000_000;
    if (at < to && (s[at] == '.' || s[at] == ',')) {
      int unit = 100_000;
      int first = ++at;
      for (; at < to && s[at] >= '0' && s[at] <= '9'; at++) {
        micros += (long) (s[at] - '0') * unit;
        unit /= 10;
      }
      if (at == first) {
        return NONE;
      }
    }
    return zone(s, at, to, micros);
  }

  private static long zone(byte[] s, int from, int to, long local) {
    if (from == to || (to - from == 1 && (s[from] == 'Z' || s[from] == 'z'))) {
      return local;
    }
    int colon = to - from == 6 && s[from + 3] == ':' ? 1 : 0;
    if ((s[from] != '+' && s[from] != '-') || (to - from != 5 + colon && to - from != 3)) {
      return NONE;
    }
    int hours = number(s, from + 1, 2);
    int minutes = to - from == 3 ? 0 : number(s, from + 3 + colon, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return NONE;
    }
    long offset = (hours * 60L + minutes) * 60_000_000;
    return s[from] == '+' ? local - offset : local + offset;
  }

  /**
   * Reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by
   * size.
   */
  public static long ofEpochNumber(double number) {
    double size = Math.abs(number);
    double micros =
        size < 1e11
            ? number * 1e6
            : size < 1e14 ? number * 1e3 : size < 1e17 ? number : number / 1e3;
    return micros >= MIN && micros <= MAX && size >= 1e8 ? Math.round(micros) : NONE;
  }

  private static int number(byte[] s, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = s[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int lengthOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static long epochDay(int civilYear, int month, int day) {
    int year = month <= 2 ? civilYear - 1 : civilYear;
    int era = Math.floorDiv(year, 400);
    int yearOfEra = year - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static void two(int value, byte[] out, int at) {
    out[at] = (byte) ('0' + value / 10);
    out[at + 1] = (byte) ('0' + value % 10);
  }
}
