package dev.flightlog.analysis.ask;

import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of one answer are worded.
 *
 * @param now in microseconds since 1970
 * @param nameTokens what a name may cost; a longer one is shortened in the middle
 */
public record Wording(long now, int nameTokens) {
  /** As long as names usually are. */
  public static final int ROOMY = 14;

  /** For a budget in which names of the usual length leave no room for a row. */
  public static final int TIGHT = 7;

  /** For what is no text: names stay whole. */
  public static final Wording UNBOUNDED = new Wording(0, Integer.MAX_VALUE / 4);

  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  public String name(@Nullable String name) {
    return name == null ? "(none)" : SafeText.shortened(name, nameTokens * 3, nameTokens);
  }

  public String name(@Nullable Object name, String absent) {
    return name == null ? absent : name(name.toString());
  }

  public static String count(@Nullable Object number) {
    return number == null ? "-" : Units.count((Long) number);
  }

  public static String share(@Nullable Object share) {
    return share == null ? "-" : Units.share((Double) share);
  }

  public static String duration(@Nullable Object millis) {
    return millis == null ? "-" : Units.duration(((Number) millis).doubleValue());
  }

  /** Of a row: a part over the whole; null when there is no whole. */
  public static @Nullable Double ratio(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }

  public static String tokens(@Nullable Object tokens) {
    return tokens == null ? "-" : Units.tokens(((Number) tokens).doubleValue());
  }

  /** A sum of known costs; a lower bound beside calls of unknown price. */
  public static String cost(@Nullable Object cost, @Nullable Object unpriced) {
    boolean missing = unpriced instanceof Long calls && calls > 0;
    if (cost == null) {
      return missing ? "unknown" : "-";
    }
    String known = Units.dollars((Double) cost);
    return missing ? ">=" + known : known;
  }

  /** A session: the first eight digits of a UUID, which {@code ask session} takes, else a name. */
  public String session(@Nullable Object id) {
    if (id instanceof String text && text.length() == 36 && text.charAt(8) == '-') {
      return SafeText.shortened(text.substring(0, 8), 8, nameTokens);
    }
    return name(id, "(no session)");
  }

  /** A time relative and exact to the day: {@code 3d ago Jan 21}. */
  public String seen(@Nullable Object time) {
    if (time == null) {
      return "-";
    }
    String exact = Timestamps.text((Long) time);
    int month = (exact.charAt(5) - '0') * 10 + exact.charAt(6) - '0';
    int day = (exact.charAt(8) - '0') * 10 + exact.charAt(9) - '0';
    return Units.ago((Long) time, now) + ' ' + MONTHS[month - 1] + ' ' + day;
  }

  /** A day, UTC: {@code Jan 21}; with its year when that is not the present one. */
  public String date(long time) {
    String exact = Timestamps.text(time);
    int month = (exact.charAt(5) - '0') * 10 + exact.charAt(6) - '0';
    int day = (exact.charAt(8) - '0') * 10 + exact.charAt(9) - '0';
    String year = exact.substring(0, 4);
    return MONTHS[month - 1]
        + ' '
        + day
        + (year.equals(Timestamps.text(now).substring(0, 4)) ? "" : ' ' + year);
  }

  /** {@code 2026-01-21}, UTC. */
  public static String day(long time) {
    return Timestamps.text(time).substring(0, 10);
  }

  /** {@code 2026-01-21 19:12}, or the date alone at midnight; UTC. */
  public static String minute(long time) {
    String text = Timestamps.text(time);
    boolean midnight = time % Timestamps.DAY == 0;
    return midnight ? text.substring(0, 10) : text.substring(0, 10) + ' ' + text.substring(11, 16);
  }
}
