package dev.flightlog.revision;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.HashMap;
import java.util.Map;

/** How long calls took that failed, from sums. Stateless. */
final class LostTime {
  private LostTime() {}

  /** By {@link #key}, in milliseconds; classes whose durations are not known are missing. */
  static Map<String, Long> of(Filter part, EventStore store) {
    Filter failed = Filter.and(part, Filter.is(Field.SUCCESS, false));
    Map<String, Long> millis = new HashMap<>();
    for (Row row :
        store.aggregate(
            Aggregate.of(failed, Measure.sum(Attribute.of(Field.DURATION_MS)))
                .by(Dimension.detail("tool"), Dimension.detail("error_type")))) {
      if (row.isKnown(0)) {
        millis.put(row.text(0) + '\n' + row.text(1), row.whole(0));
      }
    }
    return millis;
  }

  static String key(String tool, String errorType) {
    return tool + '\n' + errorType;
  }
}
