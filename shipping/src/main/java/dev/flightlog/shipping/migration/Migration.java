package dev.flightlog.shipping.migration;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Tombstones;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies events into a store that may hold those of others, and reads every one of them back. What
 * is there already is not sent again, so a migration that was ended anywhere is simply run again.
 * An event that the target knows otherwise is left as it is, and told. The source is only read. For
 * one thread; memory is that of a few thousand events; fails as the stores do.
 */
public final class Migration {
  private static final int CHUNK = 4_000;
  private static final int CHUNK_BYTES = 8 << 20;
  private static final int MOST_TOLD = 20;
  private static final Attribute ID = Attribute.of(Field.ID);

  private final EventStore target;
  private final UnaryOperator<Event> sent;
  private final LongConsumer progress;
  private final Map<String, Map<String, Counted.Sum[]>> groups = new HashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();
  private long copied;
  private long seen;

  /**
   * @param sent what the target makes of an event that is appended
   * @param progress is told how many events were compared
   */
  public Migration(EventStore target, UnaryOperator<Event> sent, LongConsumer progress) {
    this.target = target;
    this.sent = sent;
    this.progress = progress;
  }

  /** Has the target forget what the source has forgotten, so that it does not come back there. */
  public void forgetAs(EventStore source) {
    Tombstones forgotten = source.tombstones();
    if (!forgotten.isEmpty()) {
      target.forget(forgotten.filter());
    }
  }

  /** Copies all events that a store has rows of. */
  public void copy(EventStore source) {
    try (Answer answer = source.read(ReadRequest.oldestFirst(Filter.EVERYTHING))) {
      copy(answer.events().iterator());
    }
  }

  /** Copies those of these events of which a store has no rows any more. */
  public void copyOthers(Iterator<Event> events, EventStore source) {
    List<Event> chunk = new ArrayList<>();
    while (events.hasNext()) {
      chunk.add(events.next());
      if (chunk.size() >= CHUNK || !events.hasNext()) {
        Map<String, Event> rows = new HashMap<>();
        chunk.forEach(event -> rows.put(event.id(), event));
        Map<String, Event> kept = new HashMap<>();
        read(source, Filter.in(ID, rows.keySet()), kept);
        chunk.removeIf(event -> kept.containsKey(event.id()));
        copy(chunk.iterator());
        chunk.clear();
      }
    }
  }

  /** Copies these events. */
  public void copy(Iterator<Event> events) {
    List<Event> chunk = new ArrayList<>();
    long bytes = 0;
    while (events.hasNext()) {
      Event event = events.next();
      chunk.add(event);
      String details = event.text(Field.DETAILS);
      bytes += details == null ? 0 : details.length();
      if (chunk.size() >= CHUNK || bytes >= CHUNK_BYTES || !events.hasNext()) {
        copy(chunk);
        chunk.clear();
        bytes = 0;
      }
    }
  }

  private void copy(List<Event> events) {
    Map<String, Event> expected = new HashMap<>();
    events.forEach(event -> expected.put(event.id(), sent.apply(event)));
    Map<String, Event> there = find(expected);
    EventBatch batch = new EventBatch();
    List<String> appended = new ArrayList<>();
    for (Event event : events) {
      Event wanted = expected.get(event.id());
      Event known = there.get(event.id());
      if (wanted != null && isToSend(wanted, known)) {
        batch.add(Mode.MERGE, event);
        appended.add(event.id());
      }
    }
    if (!batch.isEmpty()) {
      target.append(new Append(batch));
      copied += appended.size();
      Map<String, Event> again = new HashMap<>(expected);
      again.keySet().retainAll(appended);
      there.putAll(find(again));
    }
    expected.forEach((id, wanted) -> compare(wanted, there.get(id)));
    seen += expected.size();
    progress.accept(seen);
  }

  /** Whether sending it makes the target know exactly this. */
  private static boolean isToSend(Event wanted, @Nullable Event known) {
    return known == null || (!same(wanted, known) && same(Merge.combine(known, wanted), wanted));
  }

  private static boolean same(Event a, Event b) {
    return a.equals(b) || EventHash.of(a).equals(EventHash.of(b));
  }

  /** What the target has under these ids; first where the events are expected, then anywhere. */
  private Map<String, Event> find(Map<String, Event> expected) {
    long since = Long.MAX_VALUE;
    long until = Long.MIN_VALUE;
    for (Event event : expected.values()) {
      since = Math.min(since, event.micros());
      until = Math.max(until, event.micros());
    }
    Map<String, Event> found = new HashMap<>();
    Filter.Time time = new Filter.Time(since, until + 1);
    read(target, Filter.and(Filter.in(ID, expected.keySet()), time), found);
    List<String> elsewhere =
        expected.keySet().stream().filter(id -> !found.containsKey(id)).toList();
    if (!elsewhere.isEmpty()) {
      read(target, Filter.in(ID, elsewhere), found);
    }
    return found;
  }

  private static void read(EventStore store, Filter filter, Map<String, Event> into) {
    try (Answer answer = store.read(ReadRequest.oldestFirst(filter))) {
      answer.events().filter(answer.unmet()::matches).forEach(event -> into.put(event.id(), event));
    }
  }

  private void compare(Event wanted, @Nullable Event there) {
    BigInteger hash = EventHash.of(wanted);
    count(wanted, hash, 0);
    if (there == null) {
      tell(missing, wanted);
      return;
    }
    BigInteger other = EventHash.of(there);
    count(there, other, 1);
    if (!hash.equals(other)) {
      tell(conflicts, wanted);
    }
  }

  private static void tell(List<String> ids, Event event) {
    if (ids.size() < MOST_TOLD) {
      ids.add(event.id());
    }
  }

  private void count(Event event, BigInteger hash, int side) {
    sum("all", "all", side).add(hash);
    sum("day", Timestamps.text(event.micros()).substring(0, 10), side).add(hash);
    sum("category", event.category().wireName(), side).add(hash);
    Boolean success = event.flag(Field.SUCCESS);
    sum("outcome", success == null ? "unknown" : success ? "success" : "failure", side).add(hash);
    String project = event.text(Field.PROJECT);
    sum("project", project == null ? "(none)" : project, side).add(hash);
  }

  private Counted.Sum sum(String by, String name, int side) {
    return groups.computeIfAbsent(by, _ -> new HashMap<>())
        .computeIfAbsent(name, _ -> new Counted.Sum[] {new Counted.Sum(), new Counted.Sum()})[side];
  }

  /** What was compared until now. */
  public Proof proof() {
    List<Proof.Group> all = new ArrayList<>();
    sum("all", "all", 0);
    for (String by : List.of("all", "day", "category", "outcome", "project")) {
      groups.getOrDefault(by, Map.of()).entrySet().stream()
          .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
          .map(each ->
              new Proof.Group(
                  by, each.getKey(), each.getValue()[0].counted(), each.getValue()[1].counted()))
          .forEach(all::add);
    }
    return new Proof(all, copied, missing, conflicts);
  }
}
