package dev.flightlog.revision;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a week came to, from sums.
 *
 * @param results tool calls whose result is known, refused ones left out
 * @param failed of these
 */
record WeekSums(
    Week week, long events, long sessions, long results, long failed, long clarifications) {
  private static final int WEEKS_BEFORE = 4;

  static WeekSums of(Week week, EventStore store) {
    Filter calls =
        Filter.and(
            Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
            Filter.not(Filter.is(Attribute.detail("error_type"), EventTypes.REJECTED)));
    Row row =
        store
            .aggregate(
                Aggregate.of(
                    new Filter.Time(week.since(), week.until()),
                    Measure.count(),
                    Measure.distinct(Attribute.of(Field.SESSION_ID)),
                    Measure.count(
                        Filter.and(calls, Filter.not(Filter.absent(Attribute.of(Field.SUCCESS))))),
                    Measure.count(Filter.and(calls, Filter.is(Field.SUCCESS, false))),
                    Measure.count(
                        Filter.is(Field.EVENT_TYPE, EventTypes.HUMAN_CLARIFICATION_NEEDED))))
            .getFirst();
    return new WeekSums(week, row.whole(0), row.whole(1), row.whole(2), row.whole(3), row.whole(4));
  }

  /** The newest of the four weeks before that has events; null when there is none. */
  static @Nullable WeekSums before(Week week, EventStore store) {
    Week earlier = week;
    for (int i = 0; i < WEEKS_BEFORE; i++) {
      earlier = earlier.previous();
      WeekSums sums = of(earlier, store);
      if (sums.events() > 0) {
        return sums;
      }
    }
    return null;
  }

  double failedShare() {
    return results == 0 ? 0 : (double) failed / results;
  }
}
