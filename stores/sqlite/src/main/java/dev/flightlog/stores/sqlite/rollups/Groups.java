package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups of an aggregate while it is worked out. */
final class Groups {
  private final Aggregate aggregate;
  private final Map<List<@Nullable Object>, MeasureSum[]> sums = new HashMap<>();

  Groups(Aggregate aggregate) {
    this.aggregate = aggregate;
    if (aggregate.dimensions().isEmpty()) {
      of(new ArrayList<>());
    }
  }

  /** The sums of the group with this key, which is the caller's no more. */
  MeasureSum[] of(List<@Nullable Object> key) {
    MeasureSum[] found = sums.get(key);
    if (found == null) {
      found = aggregate.measures().stream().map(MeasureSum::new).toArray(MeasureSum[]::new);
      for (int i = 1; i < found.length; i++) {
        for (int j = 0; j < i && !found[i].shares(found[j]); j++) {
          // The first of equal numbers is the one that holds them.
        }
      }
      sums.put(key, found);
    }
    return found;
  }

  /** True when a group with this key is there. */
  boolean has(List<@Nullable Object> key) {
    return sums.containsKey(key);
  }

  /** Takes in what was added up beside this, for the same aggregate. */
  void add(Groups other) {
    for (Map.Entry<List<@Nullable Object>, MeasureSum[]> group : other.sums.entrySet()) {
      MeasureSum[] own = of(group.getKey());
      for (int i = 0; i < own.length; i++) {
        own[i].add(group.getValue()[i]);
      }
    }
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>(sums.size());
    for (Map.Entry<List<@Nullable Object>, MeasureSum[]> group : sums.entrySet()) {
      List<@Nullable Number> values = new ArrayList<>();
      for (MeasureSum sum : group.getValue()) {
        values.add(sum.value());
      }
      rows.add(new Row(group.getKey(), values));
    }
    return Row.inOrder(rows, aggregate);
  }
}
