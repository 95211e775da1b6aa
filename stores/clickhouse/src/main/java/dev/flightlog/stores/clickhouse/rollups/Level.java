package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension.Span;

/** The lengths of time that are added up, each made of those before it. */
enum Level {
  HOUR(Span.HOUR.micros(), 60_000_000L),
  DAY(Span.DAY.micros(), 3_600_000_000L),
  /** Thirty days, wherever months begin: so days fit into it, before 1970 as well. */
  BLOCK(30 * Timestamps.DAY, 24 * 3_600_000_000L);

  private static final Level[] ALL = values();

  private final long micros;
  private final long pause;

  Level(long micros, long pause) {
    this.micros = micros;
    this.pause = pause;
  }

  long micros() {
    return micros;
  }

  /**
   * So long what was built is not built again while its time goes on: readers take what is below
   * it, which is little then, and each build costs the place of the one before until that is
   * deleted.
   */
  long pauseMicros() {
    return pause;
  }

  /** The beginning of the one in which this time lies. */
  long startOf(long time) {
    return Math.floorDiv(time, micros) * micros;
  }

  Level finer() {
    return ALL[ordinal() - 1];
  }

  Level coarser() {
    return ALL[ordinal() + 1];
  }

  /** As {@link #startOf(long)} in SQL. */
  String startOf(String hour) {
    return hour + " - positiveModulo(" + hour + ", " + micros + ")";
  }
}
