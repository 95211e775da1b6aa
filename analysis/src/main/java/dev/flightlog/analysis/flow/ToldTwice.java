package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.interactions.Refusals;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many interruptions are {@linkplain Refusals refusals} that are written down twice. Only the
 * hours are read that have both.
 */
final class ToldTwice {
  private static final Dimension TYPE = Dimension.of(Field.EVENT_TYPE);
  private static final Filter INTERRUPTS = Filter.is(Field.EVENT_TYPE, EventTypes.USER_INTERRUPT);

  private ToldTwice() {}

  /** In the events of the selection that match. */
  static long of(Selection selection, Filter of) {
    if (selection.count(Filter.and(of, INTERRUPTS)) == 0) {
      return 0;
    }
    Set<Long> hours = new TreeSet<>();
    long hour = Span.HOUR.micros();
    for (long day : both(selection, of, Span.DAY)) {
      // What happens on both sides of midnight, or of a full hour, may be one act.
      Filter time = new Filter.Time(day - hour, day + Span.DAY.micros() + hour);
      hours.addAll(both(selection, Filter.and(of, time), Span.HOUR));
    }
    List<Event> events = new ArrayList<>();
    for (long start : hours) {
      Filter those = Filter.and(of, new Filter.Time(start, start + hour), Refusals.EVENTS);
      ReadRequest request = ReadRequest.oldestFirst(selection.and(those));
      events.addAll(selection.store().read(request).finish(request));
    }
    return Refusals.toldTwice(events);
  }

  /** The spans that have either, and the other in them or beside them. */
  private static Set<Long> both(Selection selection, Filter of, Span span) {
    Dimension by = Dimension.by(span);
    Set<Long> interrupted = new TreeSet<>();
    Set<Long> refused = new TreeSet<>();
    for (Group each :
        selection.group(
            Filter.and(of, Refusals.EVENTS), List.of(by, TYPE), List.of(Measures.EVENTS))) {
      boolean interrupt = EventTypes.USER_INTERRUPT.equals(each.text(TYPE));
      (interrupt ? interrupted : refused).add(each.start(by));
    }
    Set<Long> both = new TreeSet<>();
    for (long start : interrupted) {
      for (int beside = -1; beside <= 1; beside++) {
        long other = start + beside * span.micros();
        if (refused.contains(other)) {
          both.add(start);
          both.add(other);
        }
      }
    }
    return both;
  }
}
