package dev.flightlog.home.checks;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * How many events recorders had to drop, as they say in gap events. Sums tell in which hours there
 * are any, so that no other events are read.
 */
final class DroppedEvents {
  private static final Filter GAPS = Filter.is(Field.EVENT_TYPE, EventTypes.RECORDER_GAP);
  private static final Measure DROPPED = Measure.sum(Attribute.detail("dropped"));

  private DroppedEvents() {}

  /** Blocks and fails as the store does. */
  static long in(EventStore store) {
    long dropped = 0;
    for (long day : with(GAPS, Span.DAY, store)) {
      Filter then = Filter.and(GAPS, new Filter.Time(day, day + Span.DAY.micros()));
      for (long hour : with(then, Span.HOUR, store)) {
        Filter gaps = Filter.and(GAPS, new Filter.Time(hour, hour + Span.HOUR.micros()));
        dropped += store.aggregate(Aggregate.of(gaps, DROPPED)).getFirst().whole(0);
      }
    }
    return dropped;
  }

  /** Where the days or hours begin that have such events. */
  private static List<Long> with(Filter events, Span span, EventStore store) {
    List<Long> begins = new ArrayList<>();
    if (store.aggregate(Aggregate.of(events, Measure.count())).getFirst().whole(0) > 0) {
      Dimension by = Dimension.by(span);
      for (Row row : store.aggregate(Aggregate.of(events, Measure.count()).by(by))) {
        if (row.key().getFirst() instanceof Long begin) {
          begins.add(begin);
        }
      }
    }
    return begins;
  }
}
