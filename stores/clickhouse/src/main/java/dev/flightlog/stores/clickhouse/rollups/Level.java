package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension.Span;

/** The lengths of time that are added up, each made of those before it. */
enum Level {
  HOUR(Span.HOUR.micros()),
  DAY(Span.DAY.micros()),
  /** Thirty days, wherever months begin: so days fit into it, before 1970 as well. */
  BLOCK(30 * Timestamps.DAY);

  private static final Level[] ALL = values();

  private final long micros;

  Level(long micros) {
    this.micros = micros;
  }

  long micros() {
    return micros;
  }

  /** The beginning of the one in which this time lies. */
  long startOf(long time) {
    return Math.floorDiv(time, micros) * micros;
  }

  Level finer() {
    return ALL[ordinal() - 1];
  }

  /** The same in SQL, of the beginning of an hour. */
  String startOf(String hour) {
    return hour + " - positiveModulo(" + hour + ", " + micros + ")";
  }
}
