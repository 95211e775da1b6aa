package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.event.Merge;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code events} as it lies there, perhaps below another one.
 *
 * @param event null when only the place was asked for
 * @param deleted whether it only hides what stood at its place
 */
record StandingRow(
    @Nullable Event event, long micros, long version, boolean deleted, boolean aside) {
  private static final Comparator<StandingRow> OLDEST_FIRST =
      Comparator.comparingLong(StandingRow::version);

  /** What the rows of one id make together; null when all of it is hidden. */
  static @Nullable KeptEvent together(List<StandingRow> rows) {
    List<StandingRow> sorted = rows.stream().sorted(OLDEST_FIRST).toList();
    Map<Long, StandingRow> newest = new HashMap<>();
    sorted.forEach(row -> newest.put(row.micros, row));
    newest.values().removeIf(StandingRow::deleted);
    if (newest.isEmpty()) {
      return null;
    }
    List<StandingRow> standing =
        sorted.stream().filter(row -> !row.deleted && newest.containsKey(row.micros)).toList();
    List<StandingRow> top = standing.stream().filter(newest::containsValue).toList();
    return new KeptEvent(
        joined(top),
        joined(standing),
        top.stream().allMatch(StandingRow::aside),
        top.getLast().version,
        List.copyOf(newest.keySet()),
        standing.stream().map(StandingRow::version).distinct().toList());
  }

  /** As if they had come one after the other; what waits for its beginning comes behind it. */
  private static @Nullable Event joined(List<StandingRow> rows) {
    Event joined = null;
    for (boolean aside : new boolean[] {false, true}) {
      for (StandingRow row : rows) {
        if (row.aside == aside && row.event != null) {
          joined = joined == null ? row.event : Merge.combine(joined, row.event);
        }
      }
    }
    return joined;
  }
}
