package dev.flightlog.analysis.ask;

/**
 * A value of each row, as programs get it.
 *
 * @param key the name in JSON and CSV; stable
 * @param meaning half a sentence, with the unit and when it is absent
 */
public record Column(String key, Kind kind, String meaning) {

  /** How the value is held in a row; any may be null, which is unknown and not zero. */
  public enum Kind {
    /** A String, as it was logged. */
    TEXT,
    /** A Long. */
    WHOLE,
    /** A Double. */
    REAL,
    /** A Long: microseconds since 1970; RFC 3339 in JSON and CSV. */
    TIME
  }

  public static Column text(String key, String meaning) {
    return new Column(key, Kind.TEXT, meaning);
  }

  public static Column whole(String key, String meaning) {
    return new Column(key, Kind.WHOLE, meaning);
  }

  public static Column real(String key, String meaning) {
    return new Column(key, Kind.REAL, meaning);
  }

  public static Column time(String key, String meaning) {
    return new Column(key, Kind.TIME, meaning);
  }
}
