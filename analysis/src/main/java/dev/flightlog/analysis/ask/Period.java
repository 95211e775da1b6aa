package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;

/** A stretch of the calendar in the reader's zone. Times are microseconds since 1970. */
public enum Period {
  DAY(ChronoUnit.DAYS),
  /** From Monday. */
  WEEK(ChronoUnit.WEEKS),
  MONTH(ChronoUnit.MONTHS);

  private static final long QUARTER = 15 * 60;

  private final ChronoUnit unit;

  Period(ChronoUnit unit) {
    this.unit = unit;
  }

  /** The beginning of the one in which this time lies. */
  public long startOf(long time, Dates dates) {
    if (this == DAY && dates.isUtc()) {
      return Span.DAY.startOf(time);
    }
    LocalDate day = dates.at(time).toLocalDate();
    LocalDate first =
        switch (this) {
          case DAY -> day;
          case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
          case MONTH -> day.with(TemporalAdjusters.firstDayOfMonth());
        };
    return Dates.micros(first.atStartOfDay(dates.zone()));
  }

  /** The beginning of one that lies so many later. */
  public long plus(long start, long periods, Dates dates) {
    return startOf(Dates.micros(dates.at(start).plus(periods, unit)), dates);
  }

  /** How many lie between two beginnings. */
  public long between(long start, long end, Dates dates) {
    return unit.between(dates.at(start).toLocalDate(), dates.at(end).toLocalDate());
  }

  /**
   * Groups the events of a selection by these periods and more; one period may come in several
   * groups, which only counts and sums can be added up from.
   *
   * @param each takes a group and the beginning of its period
   */
  public void group(
      Selection selection,
      Filter more,
      List<Dimension> by,
      List<Measure> measures,
      ObjLongConsumer<Group> each) {
    Dates dates = selection.dates();
    Span span = span(selection);
    if (span == null) {
      byQuery(selection, more, by, measures, each);
      return;
    }
    Dimension time = Dimension.by(span);
    List<Dimension> dimensions = new ArrayList<>(List.of(time));
    dimensions.addAll(by);
    for (Group group : selection.group(more, dimensions, measures)) {
      each.accept(group, startOf(group.start(time), dates));
    }
  }

  /** The largest stretch of UTC that no beginning cuts; null when even hours are cut. */
  private @org.jspecify.annotations.Nullable Span span(Selection selection) {
    Dates dates = selection.dates();
    if (dates.isUtc()) {
      return this == WEEK ? Span.WEEK : Span.DAY;
    }
    for (long time = selection.first(); ; time += 30 * Timestamps.DAY) {
      long at = Math.min(time, selection.last());
      ZoneOffset offset = dates.at(at).getOffset();
      if (offset.getTotalSeconds() % 3600 != 0) {
        return null;
      }
      if (at == selection.last()) {
        return Span.HOUR;
      }
    }
  }

  /** One question a period: for zones whose midnight is no full hour of UTC. */
  private void byQuery(
      Selection selection,
      Filter more,
      List<Dimension> by,
      List<Measure> measures,
      ObjLongConsumer<Group> each) {
    Dates dates = selection.dates();
    TreeSet<Long> starts = new TreeSet<>();
    Dimension hour = Dimension.by(Span.HOUR);
    for (Group group : selection.group(more, List.of(hour), List.of(Measures.EVENTS))) {
      for (long quarter = 0; quarter < 4; quarter++) {
        starts.add(startOf(group.start(hour) + quarter * QUARTER * 1_000_000, dates));
      }
    }
    for (long start : starts) {
      Filter time = new Filter.Time(start, plus(start, 1, dates));
      for (Group group : selection.group(Filter.and(more, time), by, measures)) {
        if (!by.isEmpty() || selection.count(Filter.and(more, time)) > 0) {
          each.accept(group, start);
        }
      }
    }
  }
}
