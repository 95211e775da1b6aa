package dev.flightlog.stores.memory;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Merge;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Health;
import dev.flightlog.store.Mark;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.ReadRequest.Order;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.Tally;
import dev.flightlog.store.Tombstones;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps events in memory: the shortest code that keeps every promise of {@link EventStore}. */
public final class MemoryStore implements EventStore {
  private final Map<String, Event> kept = new HashMap<>();
  private final Map<String, Event> setAside = new HashMap<>();
  private final TreeMap<String, String> marks = new TreeMap<>();
  private final Arrivals arrivals = new Arrivals();
  private Tombstones tombstones = Tombstones.NONE;
  private long eventsRead;
  private boolean closed;

  @Override
  public synchronized Appended append(Append append) {
    goOn();
    Appended total = Appended.NOTHING;
    EventBatch batch = append.events();
    for (int row = 0; row < batch.size(); row++) {
      total = total.plus(keep(batch.event(row), batch.mode(row)));
    }
    for (Mark mark : append.marks()) {
      String value = mark.value();
      if (value == null) {
        marks.remove(mark.key());
      } else {
        marks.put(mark.key(), value);
      }
    }
    return total;
  }

  private Appended keep(Event event, Mode mode) {
    if (tombstones.covers(event)) {
      return new Appended(0, 0, 0, 0, 1);
    }
    Event before = kept.get(event.id());
    if (before == null && mode == Mode.COMPLETE) {
      Event waiting = setAside.get(event.id());
      Event joined = waiting == null ? event : Merge.combine(waiting, event);
      setAside.put(event.id(), joined);
      return joined.equals(waiting) ? new Appended(0, 0, 1, 0) : new Appended(0, 0, 0, 1);
    }
    if (before == null) {
      Event waiting = setAside.remove(event.id());
      put(waiting == null ? event : Merge.combine(event, waiting));
      return new Appended(1, 0, 0, 0);
    }
    Event joined = mode == Mode.NEW ? before : Merge.combine(before, event);
    if (joined.equals(before)) {
      return new Appended(0, 0, 1, 0);
    }
    put(joined);
    return new Appended(0, 1, 0, 0);
  }

  private void put(Event event) {
    kept.put(event.id(), event);
    arrivals.came(event);
  }

  @Override
  public synchronized Changes changes(Cursor after, Filter filter, int most) {
    goOn();
    return arrivals.behind(after, filter, most);
  }

  @Override
  public synchronized Cursor latest() {
    goOn();
    return arrivals.latest();
  }

  @Override
  public synchronized Forgotten forget(Filter filter) {
    goOn();
    Set<String> ids = ids(kept, filter);
    Set<String> waiting = ids(setAside, filter);
    ids.forEach(arrivals::forgot);
    kept.keySet().removeAll(ids);
    setAside.keySet().removeAll(waiting);
    Tombstones named = Tombstones.namedBy(filter);
    tombstones =
        tombstones
            .and(named)
            .and(new Tombstones(ids, Set.of()))
            .and(new Tombstones(waiting, Set.of()));
    return new Forgotten(ids.size(), waiting.size());
  }

  private static Set<String> ids(Map<String, Event> events, Filter filter) {
    return events.values().stream()
        .filter(filter::matches)
        .map(Event::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public synchronized Tombstones tombstones() {
    goOn();
    return tombstones;
  }

  @Override
  public synchronized Map<String, String> marks(String prefix) {
    goOn();
    Map<String, String> found = new TreeMap<>(marks.tailMap(prefix, true));
    found.keySet().removeIf(key -> !key.startsWith(prefix));
    return found;
  }

  @Override
  public synchronized Answer read(ReadRequest request) {
    goOn();
    Comparator<Position> order =
        request.order() == Order.OLDEST_FIRST
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    Position after = request.after();
    List<Event> found =
        kept.values().stream()
            .filter(request.filter()::matches)
            .filter(event -> after == null || order.compare(Position.of(event), after) > 0)
            .sorted(Comparator.comparing(Position::of, order))
            .limit(request.limit())
            .toList();
    eventsRead += found.size();
    return new Answer(found.stream(), Filter.EVERYTHING);
  }

  @Override
  public synchronized List<Row> aggregate(Aggregate aggregate) {
    goOn();
    Map<List<@Nullable Object>, List<Tally>> groups = new LinkedHashMap<>();
    if (aggregate.dimensions().isEmpty()) {
      groups.put(List.of(), tallies(aggregate));
    }
    for (Event event : kept.values()) {
      eventsRead++;
      if (aggregate.filter().matches(event)) {
        List<@Nullable Object> key = new ArrayList<>();
        aggregate.dimensions().forEach(dimension -> key.add(dimension.keyOf(event)));
        groups.computeIfAbsent(key, _ -> tallies(aggregate)).forEach(tally -> tally.add(event));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<List<@Nullable Object>, List<Tally>> group : groups.entrySet()) {
      rows.add(new Row(group.getKey(), values(group.getValue())));
    }
    return Row.inOrder(rows, aggregate);
  }

  @Override
  public RolledUp rolledUp() {
    return RolledUp.NOTHING;
  }

  private static List<Tally> tallies(Aggregate aggregate) {
    return aggregate.measures().stream().map(Tally::new).toList();
  }

  private static List<@Nullable Number> values(List<Tally> tallies) {
    List<@Nullable Number> values = new ArrayList<>();
    tallies.forEach(tally -> values.add(tally.value()));
    return values;
  }

  @Override
  public synchronized Health check() {
    return new Health(
        !closed,
        closed ? "closed" : "in memory, gone at the end",
        kept.size(),
        setAside.size(),
        eventsRead);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void goOn() {
    if (closed) {
      throw new StoreException(Kind.CLOSED, "this store was closed; open another one");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(Kind.STOPPED, "the thread was interrupted");
    }
  }
}
