package dev.flightlog.lifecycle;

import dev.flightlog.event.Timestamps;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.journals.JournalMover;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The most that journals and index may take: what is oldest moves on, whole days at a time,
 * whatever its age; the current day stays. For one run.
 */
final class Cap {
  private static final int MOST_ROUNDS = 12;

  private final Lifecycle lifecycle;
  private final EventStore store;
  private final AgingRows rows;
  private final JournalMover journals;
  private final long most;

  Cap(Lifecycle lifecycle, EventStore store, AgingRows rows, JournalMover journals, long most) {
    this.lifecycle = lifecycle;
    this.store = store;
    this.rows = rows;
    this.journals = journals;
    this.most = most;
  }

  record Outcome(long journals, long rows, List<String> notes) {}

  Outcome enforce(Instant now, Set<Week> written) {
    List<String> notes = new ArrayList<>();
    long moved = 0;
    long released = 0;
    if (most == 0 || lifecycle.activeBytes() <= most) {
      return new Outcome(0, 0, notes);
    }
    rows.compact();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      long excess = lifecycle.activeBytes() - most;
      if (excess <= 0) {
        return new Outcome(moved, released, notes);
      }
      LocalDate until = enough(excess + most / 20, today);
      JournalMover.Moved journal = journals.move(until);
      written.addAll(journal.weeks());
      moved += journal.journals();
      long gone = release(start(until), written);
      released += gone;
      if (journal.journals() == 0 && gone == 0) {
        break;
      }
      rows.compact();
    }
    long active = lifecycle.activeBytes();
    if (active > most) {
      notes.add(
          "what is left takes "
              + (active >> 20)
              + " MB, more than lifecycle.cap_mb allows ("
              + (most >> 20)
              + "): it is of today, or sums and positions that are always kept");
    }
    return new Outcome(moved, released, notes);
  }

  private static long start(LocalDate day) {
    return Timestamps.of(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** The day before which so many bytes lie, as far as that can be told; at most today. */
  private LocalDate enough(long bytes, LocalDate today) {
    TreeMap<LocalDate, Long> days = new TreeMap<>(journals.bytesByDay());
    long index = rows.bytesOnDisk();
    TreeMap<LocalDate, Long> counts = index == 0 ? new TreeMap<>() : rowsByDay();
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    double each = all == 0 ? 0 : 0.7 * index / all;
    counts.forEach((day, count) -> days.merge(day, (long) (count * each), Long::sum));
    long sum = 0;
    for (Map.Entry<LocalDate, Long> day : days.entrySet()) {
      sum += day.getValue();
      LocalDate behind = day.getKey().plusDays(1);
      if (sum >= bytes || !behind.isBefore(today)) {
        return behind.isBefore(today) ? behind : today;
      }
    }
    return today;
  }

  private TreeMap<LocalDate, Long> rowsByDay() {
    TreeMap<LocalDate, Long> counts = new TreeMap<>();
    for (Row row :
        store.aggregate(
            Aggregate.of(Filter.EVERYTHING, Measure.count())
                .by(Dimension.by(Dimension.Span.DAY)))) {
      if (row.key().getFirst() instanceof Long day) {
        long there = row.whole(0) - store.released(day, day + Timestamps.DAY).events();
        counts.put(Timestamps.instant(day).atZone(ZoneOffset.UTC).toLocalDate(), there);
      }
    }
    return counts;
  }

  private long release(long until, Set<Week> written) {
    long released = 0;
    OptionalLong first = rows.first(Long.MIN_VALUE);
    while (first.isPresent() && first.getAsLong() < until) {
      Week week = Week.of(Math.max(0, first.getAsLong()));
      long end = Math.min(week.until(), until);
      released += lifecycle.moveDay(week, week.since(), end, written);
      first = rows.first(end);
    }
    return released;
  }
}
