package dev.flightlog.patterns.digest;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tells cheaply that events of a period were added, completed or deleted: how many there are,
 * how many have a result, how many failed, how long all took, and when the last was. All of it
 * comes from a store's roll-ups. A change that leaves all five as they are is not noticed; no
 * import makes one but for longer texts of events already known.
 */
final class Fingerprints {
  private static final Measure[] MEASURES = {
    Measure.count(),
    Measure.count(Filter.not(Filter.absent(Attribute.of(Field.SUCCESS)))),
    Measure.count(Filter.is(Field.SUCCESS, false)),
    Measure.sum(Attribute.of(Field.DURATION_MS)),
    Measure.last()
  };

  private Fingerprints() {}

  /** Of all events. */
  static String ofAll(EventStore store) {
    return text(store.aggregate(Aggregate.of(Filter.EVERYTHING, MEASURES)).getFirst());
  }

  /** Of each day or hour in which there is an event that matches, by its beginning. */
  static TreeMap<Long, String> by(Span span, Filter filter, EventStore store) {
    TreeMap<Long, String> found = new TreeMap<>();
    for (Row row : store.aggregate(Aggregate.of(filter, MEASURES).by(Dimension.by(span)))) {
      if (row.key().getFirst() instanceof Long start) {
        found.put(start, text(row));
      }
    }
    return found;
  }

  private static String text(Row row) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < MEASURES.length; i++) {
      out.append(i == 0 ? "" : ",").append(row.isKnown(i) ? Long.toString(row.whole(i)) : "");
    }
    return out.toString();
  }

  /** The number of events that a fingerprint tells. */
  static long count(String fingerprint) {
    int end = fingerprint.indexOf(',');
    try {
      return end < 0 ? 0 : Long.parseLong(fingerprint.substring(0, end));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A line for each period, as it is kept in a mark. */
  static String lines(Map<Long, String> fingerprints) {
    StringBuilder out = new StringBuilder();
    fingerprints.forEach((start, text) -> out.append(start).append(' ').append(text).append('\n'));
    return out.toString();
  }

  static Map<Long, String> ofLines(@Nullable String lines) {
    Map<Long, String> found = new HashMap<>();
    for (String line : lines == null ? new String[0] : lines.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        try {
          found.put(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        } catch (NumberFormatException e) {
          return Map.of();
        }
      }
    }
    return found;
  }

  /** The beginnings of periods whose fingerprint is another than before. */
  static List<Long> changed(Map<Long, String> before, TreeMap<Long, String> now) {
    List<Long> changed = new ArrayList<>();
    for (Map.Entry<Long, String> each : now.entrySet()) {
      if (!each.getValue().equals(before.get(each.getKey()))) {
        changed.add(each.getKey());
      }
    }
    return changed;
  }

  /** True when a period has fewer events than before, or none any more. */
  static boolean lost(Map<Long, String> before, Map<Long, String> now) {
    for (Map.Entry<Long, String> each : before.entrySet()) {
      String after = now.get(each.getKey());
      if (after == null || count(after) < count(each.getValue())) {
        return true;
      }
    }
    return false;
  }
}
