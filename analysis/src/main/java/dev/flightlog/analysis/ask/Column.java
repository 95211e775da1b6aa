package dev.flightlog.analysis.ask;

import dev.flightlog.event.Timestamps;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of each row, as programs get it.
 *
 * @param key the name in JSON and CSV; stable
 * @param meaning half a sentence, with the unit and when it is absent
 * @param value reads it from a row: what the kind says, or null, which is unknown and not zero
 */
public record Column<R>(
    String key, Kind kind, String meaning, Function<R, @Nullable Object> value) {

  /** How the value is held. */
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

  public static <R> Column<R> text(String key, String meaning, Function<R, @Nullable Object> of) {
    return new Column<>(key, Kind.TEXT, meaning, of);
  }

  public static <R> Column<R> whole(String key, String meaning, Function<R, @Nullable Object> of) {
    return new Column<>(key, Kind.WHOLE, meaning, of);
  }

  public static <R> Column<R> real(String key, String meaning, Function<R, @Nullable Object> of) {
    return new Column<>(key, Kind.REAL, meaning, of);
  }

  public static <R> Column<R> time(String key, String meaning, Function<R, @Nullable Object> of) {
    return new Column<>(key, Kind.TIME, meaning, of);
  }

  /** The value of a row as JSON and CSV have it: a time is RFC 3339 in UTC. */
  public @Nullable Object of(R row) {
    Object read = value.apply(row);
    return kind == Kind.TIME && read instanceof Long micros ? Timestamps.text(micros) : read;
  }
}
