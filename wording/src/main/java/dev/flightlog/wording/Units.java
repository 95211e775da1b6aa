package dev.flightlog.wording;

/**
 * Numbers as people say them: {@code 1,664}, {@code 4.1%}, {@code 1.2 s}, {@code 3m 4s}, {@code
 * 45k}, {@code $3.21}, {@code 3d ago}. ASCII only; written by hand because a formatter would take
 * longer to load than an answer takes.
 */
public final class Units {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Units() {}

  /** A whole number with its thousands apart. */
  public static String count(long number) {
    String digits = Long.toString(number);
    int first = number < 0 ? 1 : 0;
    if (digits.length() - first <= 3) {
      return digits;
    }
    StringBuilder out = new StringBuilder(digits.length() + 6);
    for (int i = 0; i < digits.length(); i++) {
      if (i > first && (digits.length() - i) % 3 == 0) {
        out.append(',');
      }
      out.append(digits.charAt(i));
    }
    return out.toString();
  }

  /** A count and what is counted; the plural has an s. */
  public static String count(long number, String thing) {
    return count(number) + ' ' + thing + (number == 1 ? "" : "s");
  }

  /** A share of 1 in percent, two digits; {@code <0.1%} is not none, {@code >99%} is not all. */
  public static String share(double share) {
    double percent = share * 100;
    if (Double.isNaN(percent)) {
      return "?";
    } else if (percent > 0 && percent < 0.1) {
      return "<0.1%";
    } else if (percent < 100 && percent >= 99.5) {
      return ">99%";
    }
    return decimal(percent, percent < 9.95 && percent > 0 ? 1 : 0) + '%';
  }

  /** A percentage from 0 to 100, without decimals when it is whole. */
  public static String percent(double percent) {
    return (percent == Math.rint(percent) ? count((long) percent) : decimal(percent, 1)) + '%';
  }

  /** A length of time in milliseconds, in at most two units. */
  public static String duration(double millis) {
    if (millis < 0) {
      return '-' + duration(-millis);
    } else if (millis < 999.5) {
      return (millis > 0 && millis < 0.5 ? "<1" : count(Math.round(millis))) + " ms";
    } else if (millis < 59_950) {
      return decimal(millis / 1000, millis < 9_950 ? 1 : 0) + " s";
    }
    long seconds = Math.round(millis / 1000);
    if (seconds < 3600) {
      return two(seconds / 60, 'm', seconds % 60, 's');
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 48 * 60) {
      return two(minutes / 60, 'h', minutes % 60, 'm');
    }
    long hours = Math.round(minutes / 60.0);
    return two(hours / 24, 'd', hours % 24, 'h');
  }

  private static String two(long large, char largeUnit, long small, char smallUnit) {
    return small == 0
        ? count(large) + largeUnit
        : count(large) + largeUnit + ' ' + small + smallUnit;
  }

  /** A large number in three digits: {@code 950}, {@code 45k}, {@code 1.2M}, {@code 3.4B}. */
  public static String tokens(double number) {
    if (number < 0) {
      return '-' + tokens(-number);
    } else if (number < 999.5) {
      return Long.toString(Math.round(number));
    } else if (number < 999_500) {
      return decimal(number / 1e3, number < 9_950 ? 1 : 0) + 'k';
    } else if (number < 999_500_000) {
      return decimal(number / 1e6, number < 99_500_000 ? 1 : 0) + 'M';
    }
    return count((long) (number / 1e9)).length() > 2
        ? count(Math.round(number / 1e9)) + 'B'
        : decimal(number / 1e9, 1) + 'B';
  }

  /** Money: cents, more digits below ten cents, none from a thousand on. */
  public static String dollars(double amount) {
    if (amount < 0) {
      return '-' + dollars(-amount);
    } else if (amount > 0 && amount < 0.0001) {
      return "<$0.0001";
    } else if (amount >= 9e15) {
      return "$" + amount;
    } else if (amount >= 999.5) {
      return '$' + count(Math.round(amount));
    }
    return '$' + decimal(amount, amount > 0 && amount < 0.0995 ? 4 : 2);
  }

  /** A number with this many decimals, halves away from zero; thousands apart. */
  public static String decimal(double number, int decimals) {
    if (!Double.isFinite(number)) {
      return "?";
    }
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    if (Math.abs(number) >= 9e15 / scale) {
      return count((long) number);
    }
    long scaled = Math.round(Math.abs(number) * scale);
    StringBuilder out = new StringBuilder();
    if (number < 0 && scaled > 0) {
      out.append('-');
    }
    out.append(count(scaled / scale));
    if (decimals > 0) {
      String fraction = Long.toString(scaled % scale);
      out.append('.').repeat('0', decimals - fraction.length()).append(fraction);
    }
    return out.toString();
  }

  /** How long ago, in one unit: {@code 3d ago}; times in microseconds since 1970. */
  public static String ago(long time, long now) {
    long gone = now - time;
    if (gone < 0) {
      return "in " + span(-gone);
    }
    return gone < SECOND ? "now" : span(gone) + " ago";
  }

  /** How long ago, in words: {@code 3 days ago}. */
  public static String agoInWords(long time, long now) {
    long gone = now - time;
    if (gone < 0) {
      return "in the future, in " + inWords(-gone);
    }
    return gone < SECOND ? "just now" : inWords(gone) + " ago";
  }

  /** A length of time in microseconds, in one unit, rounded down: {@code 45s 12m 36h 7d}. */
  public static String span(long micros) {
    if (micros < MINUTE) {
      return micros / SECOND + "s";
    } else if (micros < 2 * HOUR) {
      return micros / MINUTE + "m";
    } else if (micros < 2 * DAY) {
      return micros / HOUR + "h";
    }
    return count(micros / DAY) + "d";
  }

  private static String inWords(long micros) {
    if (micros < MINUTE) {
      return count(micros / SECOND, "second");
    } else if (micros < 2 * HOUR) {
      return count(micros / MINUTE, "minute");
    } else if (micros < 2 * DAY) {
      return count(micros / HOUR, "hour");
    }
    return count(micros / DAY, "day");
  }
}
