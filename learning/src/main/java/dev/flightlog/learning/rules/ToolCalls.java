package dev.flightlog.learning.rules;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each tool was called. Immutable.
 *
 * @param succeeded calls by tool; its keys are the registry of tools that a rule may name
 * @param failed calls by tool, those that a person refused left out
 */
public record ToolCalls(Map<String, Long> succeeded, Map<String, Long> failed) {
  private static final Attribute TOOL = Attribute.detail("tool");

  public ToolCalls {
    succeeded = Map.copyOf(succeeded);
    failed = Map.copyOf(failed);
  }

  /** Counts the calls of a store, from its sums. Blocks; fails as the store does. */
  public static ToolCalls of(EventStore store) {
    return of(store, Filter.EVERYTHING);
  }

  /** Of these events alone. */
  public static ToolCalls of(EventStore store, Filter only) {
    return new ToolCalls(count(store, only, true), count(store, only, false));
  }

  /** All calls of a tool, whatever became of them. */
  long all(String tool) {
    return succeeded.getOrDefault(tool, 0L) + failed.getOrDefault(tool, 0L);
  }

  private static Map<String, Long> count(EventStore store, Filter only, boolean success) {
    Filter filter =
        Filter.and(
            only,
            Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
            Filter.is(Field.SUCCESS, success),
            Filter.not(Filter.is(Attribute.detail("error_type"), EventTypes.REJECTED)));
    Aggregate calls =
        new Aggregate(
            filter,
            List.of(new Dimension.ByAttribute(TOOL)),
            List.of(Measure.count()),
            -1,
            Integer.MAX_VALUE,
            dev.flightlog.store.ReadRequest.PATIENCE);
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : store.aggregate(calls)) {
      String tool = row.text(0);
      if (tool != null) {
        counts.put(tool, row.whole(0));
      }
    }
    return counts;
  }
}
