package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension.Span;

/** The lengths of time that are added up; each begins where a shorter one begins. */
public enum Level {
  HOUR(Span.HOUR.micros(), 64, Level.MINUTE, 10 * Level.MINUTE),
  DAY(Span.DAY.micros(), 48, 10 * Level.MINUTE, 60 * Level.MINUTE),
  /** Thirty days, wherever months begin: so days fit into it, before 1970 as well. */
  BLOCK(30 * Timestamps.DAY, 60, 60 * Level.MINUTE, 24 * 60 * Level.MINUTE);

  private static final long MINUTE = 60_000_000L;
  private static final Level[] ALL = values();

  private final long micros;
  private final int parts;
  private final long pauseAfter;
  private final long pauseWithin;

  Level(long micros, int parts, long pauseAfter, long pauseWithin) {
    this.micros = micros;
    this.parts = parts;
    this.pauseAfter = pauseAfter;
    this.pauseWithin = pauseWithin;
  }

  public long micros() {
    return micros;
  }

  /** Of so many parts it is kept which words stand in them; at most 64. */
  public int parts() {
    return parts;
  }

  /** The length of one of {@link #parts}; each lies in one hour, or has whole hours. */
  public long partMicros() {
    return micros / parts;
  }

  /**
   * So long what was built is not built again for little that came: while its time goes on longer,
   * since readers take what is below it, and each build costs the place of the one before until
   * that is deleted.
   *
   * @param goesOn whether its time is not over
   */
  long pauseMicros(boolean goesOn) {
    return goesOn ? pauseWithin : pauseAfter;
  }

  /** The beginning of the one in which this time lies. */
  public long startOf(long time) {
    return Math.floorDiv(time, micros) * micros;
  }

  Level coarser() {
    return ALL[ordinal() + 1];
  }

  /** As {@link #startOf(long)} in SQL. */
  String startOf(String time) {
    return time + " - positiveModulo(" + time + ", " + micros + ")";
  }
}
