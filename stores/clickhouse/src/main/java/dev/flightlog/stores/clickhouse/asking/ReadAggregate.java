package dev.flightlog.stores.clickhouse.asking;

import dev.flightlog.event.Event;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.store.Tally;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An aggregate that looks for what ClickHouse cannot: worked out here, event by event. */
public final class ReadAggregate {
  private ReadAggregate() {}

  /** Its rows; blocks, and fails, as reading does. */
  public static List<Row> of(EventStore store, Aggregate aggregate) {
    Map<List<@Nullable Object>, List<Tally>> groups = new LinkedHashMap<>();
    if (aggregate.dimensions().isEmpty()) {
      groups.put(List.of(), tallies(aggregate));
    }
    ReadRequest all = ReadRequest.oldestFirst(aggregate.filter()).patience(aggregate.patience());
    try (Answer answer = store.read(all)) {
      for (Iterator<Event> events = answer.events().iterator(); events.hasNext(); ) {
        Event event = events.next();
        if (answer.unmet().matches(event)) {
          List<@Nullable Object> key = new ArrayList<>();
          aggregate.dimensions().forEach(dimension -> key.add(dimension.keyOf(event)));
          groups.computeIfAbsent(key, _ -> tallies(aggregate)).forEach(tally -> tally.add(event));
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<List<@Nullable Object>, List<Tally>> group : groups.entrySet()) {
      List<@Nullable Number> values = new ArrayList<>();
      group.getValue().forEach(tally -> values.add(tally.value()));
      rows.add(new Row(group.getKey(), values));
    }
    return Row.inOrder(rows, aggregate);
  }

  private static List<Tally> tallies(Aggregate aggregate) {
    return aggregate.measures().stream().map(Tally::new).toList();
  }
}
