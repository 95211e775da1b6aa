package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of one answer are worded.
 *
 * @param now in microseconds since 1970
 * @param nameTokens what a name may cost; a longer one is shortened in the middle
 * @param dates how times are said
 */
public record Wording(long now, int nameTokens, Dates dates) {
  /** As long as names usually are. */
  public static final int ROOMY = 14;

  /** For a budget in which names of the usual length leave no room for a row. */
  public static final int TIGHT = 7;

  /** For what is no text: names stay whole. */
  public static final Wording UNBOUNDED = new Wording(0, Integer.MAX_VALUE / 4, Dates.UTC);

  public String name(@Nullable String name) {
    return name(name, "(none)");
  }

  public String name(@Nullable String name, String absent) {
    return name == null ? absent : SafeText.shortened(name, nameTokens * 3, nameTokens);
  }

  public static String count(@Nullable Long number) {
    return number == null ? "-" : Units.count(number);
  }

  public static String share(@Nullable Double share) {
    return share == null ? "-" : Units.share(share);
  }

  public static String duration(@Nullable Number millis) {
    return millis == null ? "-" : Units.duration(millis.doubleValue());
  }

  /** Of a row: a part over the whole; null when there is no whole. */
  public static @Nullable Double ratio(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }

  public static String tokens(@Nullable Number tokens) {
    return tokens == null ? "-" : Units.tokens(tokens.doubleValue());
  }

  /** A sum of known costs; a lower bound beside calls of unknown price. */
  public static String cost(@Nullable Double cost, @Nullable Long unpriced) {
    boolean missing = unpriced != null && unpriced > 0;
    if (cost == null) {
      return missing ? "unknown" : "-";
    }
    String known = Units.dollars(cost);
    return missing ? ">=" + known : known;
  }

  /** A session: the first eight digits of a UUID, which {@code ask session} takes, else a name. */
  public String session(@Nullable String id) {
    if (id != null && id.length() == 36 && id.charAt(8) == '-') {
      return SafeText.shortened(id.substring(0, 8), 8, nameTokens);
    }
    return name(id, "(no session)");
  }

  /** A time relative and exact to the day: {@code 3d ago Jan 21}. */
  public String seen(@Nullable Long time) {
    return time == null ? "-" : Units.ago(time, now) + ' ' + dates.date(time);
  }

  /** A day: {@code Jan 21}; with its year when that is not the present one. */
  public String date(long time) {
    return dates.date(time, now);
  }
}
