package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * Covers a stretch of time: whole days, whole hours at its ends, and rows for what is left.
 *
 * @param span {@link Rollups#ALL}, DAYS, HOURS; or {@link #ROWS}
 * @param from microseconds since 1970
 * @param until the first that is no more in it
 */
record TimePart(int span, long from, long until) {
  static final int ROWS = 3;

  private static final long DAY = Timestamps.DAY;
  private static final long HOUR = Accumulator.HOUR;

  boolean isWholeHour() {
    return until - from == HOUR && Math.floorMod(from, HOUR) == 0;
  }

  /**
   * @param coarsest the longest span that may be used
   * @param stale hours that may not be used
   */
  static List<TimePart> of(long from, long until, int coarsest, NavigableSet<Long> stale) {
    List<TimePart> parts = new ArrayList<>();
    if (from >= until) {
      return parts;
    }
    boolean everything = from == Long.MIN_VALUE && until == Long.MAX_VALUE;
    if (everything && coarsest == Rollups.ALL && stale.isEmpty()) {
      parts.add(new TimePart(Rollups.ALL, 0, 1));
    } else if (coarsest <= Rollups.DAYS) {
      days(from, until, stale, parts);
    } else {
      hours(from, until, stale, parts);
    }
    return parts;
  }

  private static void days(long from, long until, NavigableSet<Long> stale, List<TimePart> parts) {
    long first = up(from, DAY);
    long end = down(until, DAY);
    if (first >= end) {
      hours(from, until, stale, parts);
      return;
    }
    hours(from, first, stale, parts);
    long at = first;
    for (Long hour = stale.ceiling(at); hour != null && hour < end; hour = stale.ceiling(at)) {
      long day = down(hour, DAY);
      add(Rollups.DAYS, at, day, parts);
      hours(day, day + DAY, stale, parts);
      at = day + DAY;
    }
    add(Rollups.DAYS, at, end, parts);
    hours(end, until, stale, parts);
  }

  private static void hours(long from, long until, NavigableSet<Long> stale, List<TimePart> parts) {
    if (from >= until) {
      return;
    }
    long first = up(from, HOUR);
    long end = down(until, HOUR);
    if (first >= end) {
      add(ROWS, from, until, parts);
      return;
    }
    add(ROWS, from, first, parts);
    long at = first;
    for (Long hour = stale.ceiling(at); hour != null && hour < end; hour = stale.ceiling(at)) {
      add(Rollups.HOURS, at, hour, parts);
      add(ROWS, hour, hour + HOUR, parts);
      at = hour + HOUR;
    }
    add(Rollups.HOURS, at, end, parts);
    add(ROWS, end, until, parts);
  }

  private static void add(int span, long from, long until, List<TimePart> parts) {
    if (from < until) {
      parts.add(new TimePart(span, from, until));
    }
  }

  private static long up(long time, long unit) {
    return time == Long.MIN_VALUE ? time : -Math.floorDiv(-time, unit) * unit;
  }

  private static long down(long time, long unit) {
    return time == Long.MAX_VALUE ? time : Math.floorDiv(time, unit) * unit;
  }
}
