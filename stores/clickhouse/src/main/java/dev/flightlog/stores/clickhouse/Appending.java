package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Position;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.BatchIds;
import dev.flightlog.stores.clickhouse.rows.EncodedRows;
import dev.flightlog.stores.clickhouse.rows.EventBlock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One append: rows are held against what is kept of their ids, and what comes of it is written as
 * one block with one version. Then whoever else wrote to the same ids at the same moment is looked
 * for, and joined with, until what is kept has all that was told here; marks come last. So an
 * append that is broken off is simply told again: docs/decisions/0072-clickhouse-append.md.
 */
final class Appending {
  private static final int MOST_ROUNDS = 20;

  private final ServerConnection connection;
  private final TableNames names;
  private final KeptEvents keptEvents;
  private final TombstoneTable tombstones;
  private final Eraser eraser;
  private final Versions versions;

  /** The ids of the last append, with their sessions. */
  private final AppendedLately lately = new AppendedLately();

  Appending(
      ServerConnection connection, TombstoneTable tombstones, Eraser eraser, Versions versions) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
    this.keptEvents = new KeptEvents(connection, tombstones);
    this.tombstones = tombstones;
    this.eraser = eraser;
    this.versions = versions;
  }

  /** Keeps the rows; the marks are the caller's. */
  Appended rows(Append append) {
    EventBatch batch = append.events();
    if (batch.isEmpty()) {
      return Appended.NOTHING;
    }
    BatchIds ids = BatchIds.of(batch);
    Map<String, KeptEvent> kept = keptEvents.of(ids.encoded());
    eraseForgotten();
    Set<String> parts = parts(batch);
    Map<String, KeptEvent> joined = withEvents(kept, parts);
    EventBlock block = new EventBlock();
    Map<String, PendingEvent> pending = new LinkedHashMap<>();
    Appended total = Appended.NOTHING;
    long fresh = 0;
    long version = versions.ofNew();
    for (int row = 0; row < batch.size(); row++) {
      if (isPlainlyNew(batch, row, ids, kept)) {
        block.add(batch, row, version, false, row);
        fresh++;
      } else {
        total = total.plus(keep(batch, row, joined, pending));
      }
    }
    write(block, pending.values());
    lately.hold(batch);
    pending.keySet().retainAll(parts);
    agree(pending);
    return total.plus(new Appended(fresh, 0, 0, 0));
  }

  private boolean isPlainlyNew(
      EventBatch batch, int row, BatchIds ids, Map<String, KeptEvent> kept) {
    return batch.mode(row) == Mode.NEW
        && !ids.isRepeated(row)
        && tombstones.isEmpty()
        && !tombstones.isExpired(batch.integer(row, Field.TIMESTAMP))
        && (kept.isEmpty() || !kept.containsKey(id(batch, row)));
  }

  /** The ids of rows that may be parts of an event. */
  private static Set<String> parts(EventBatch batch) {
    Set<String> parts = new HashSet<>();
    for (int row = 0; row < batch.size(); row++) {
      if (batch.mode(row) != Mode.NEW) {
        parts.add(id(batch, row));
      }
    }
    return parts;
  }

  /** With the events that something may be joined with: parts with any, the others with parts. */
  private Map<String, KeptEvent> withEvents(Map<String, KeptEvent> kept, Set<String> parts) {
    if (kept.isEmpty()) {
      return kept;
    }
    Map<String, KeptEvent> needed = new HashMap<>(kept);
    needed.entrySet().removeIf(each -> !each.getValue().aside() && !parts.contains(each.getKey()));
    Map<String, KeptEvent> joined = new HashMap<>(kept);
    joined.keySet().removeAll(needed.keySet());
    joined.putAll(keptEvents.whole(needed));
    return joined;
  }

  private static String id(EventBatch batch, int row) {
    return String.valueOf(batch.text(row, Field.ID));
  }

  private Appended keep(
      EventBatch batch, int row, Map<String, KeptEvent> kept, Map<String, PendingEvent> pending) {
    String id = id(batch, row);
    if (tombstones.isExpired(batch.integer(row, Field.TIMESTAMP))
        || (!tombstones.isEmpty() && tombstones.covers(id, batch.text(row, Field.SESSION_ID)))) {
      return new Appended(0, 0, 0, 0, 1);
    }
    boolean later = batch.mode(row) == Mode.COMPLETE;
    PendingEvent known = pending.get(id);
    if (known == null) {
      KeptEvent before = kept.get(id);
      if (before == null) {
        pending.put(id, PendingEvent.fresh(batch, row, later));
        return later ? new Appended(0, 0, 0, 1) : new Appended(1, 0, 0, 0);
      }
      known = PendingEvent.kept(before);
      pending.put(id, known);
    }
    if (!known.isAside()) {
      if (batch.mode(row) == Mode.NEW) {
        return new Appended(0, 0, 1, 0);
      }
      Event event = known.event();
      return known.become(Merge.combine(event, batch.event(row)), false, row)
          ? new Appended(0, 1, 0, 0)
          : new Appended(0, 0, 1, 0);
    }
    if (later) {
      return known.become(Merge.combine(known.event(), batch.event(row)), true, row)
          ? new Appended(0, 0, 0, 1)
          : new Appended(0, 0, 1, 0);
    }
    known.become(Merge.combine(batch.event(row), known.event()), false, row);
    return new Appended(1, 0, 0, 0);
  }

  /** Writes what is in the block, and what changed, as one block. */
  private void write(EventBlock block, Iterable<PendingEvent> all) {
    long known = 0;
    for (PendingEvent each : all) {
      if (each.isChanged()) {
        known = Math.max(known, each.version());
      }
    }
    long version = versions.after(known);
    EventBatch changed = new EventBatch();
    for (PendingEvent each : all) {
      if (each.isChanged()) {
        each.addTo(block, changed, version);
      }
    }
    if (!block.isEmpty()) {
      insert(block);
    }
  }

  /**
   * Hides what stands at these places.
   *
   * @param known no row there has a larger version
   */
  void bury(List<Position> places, long known) {
    if (places.isEmpty()) {
      return;
    }
    EventBlock block = new EventBlock();
    EventBatch buried = new EventBatch();
    long version = versions.after(known);
    for (Position place : places) {
      block.bury(buried, PendingEvent.addGravestone(buried, place.id(), place.micros()), version);
    }
    insert(block);
  }

  private void insert(EventBlock block) {
    EncodedRows rows = block.encoded();
    Inserts.run(
        connection,
        "INSERT INTO " + names.name("events") + " (" + rows.columns() + ") FORMAT Native",
        rows.bytes(),
        UUID.randomUUID().toString());
  }

  /** Sees to it that what others wrote at the same moment has not hidden what was written here. */
  private void agree(Map<String, PendingEvent> pending) {
    pending.values().removeIf(each -> !each.isChanged());
    for (int round = 0; !pending.isEmpty(); round++) {
      if (round == MOST_ROUNDS) {
        throw new StoreException(
            Kind.OVERLOADED,
            connection.servers() + ": others keep changing the same events; try again");
      }
      Map<String, KeptEvent> now = keptEvents.toldOf(pending.keySet());
      pending.entrySet().removeIf(each -> each.getValue().isAsWritten(now.get(each.getKey())));
      pending.keySet().removeIf(id -> !now.containsKey(id) && tombstones.covers(id, null));
      now.keySet().retainAll(pending.keySet());
      Map<String, KeptEvent> whole = keptEvents.wholeAsTold(now);
      pending.entrySet().removeIf(each -> each.getValue().isWithin(whole.get(each.getKey())));
      write(new EventBlock(), pending.values());
    }
  }

  /**
   * What another program forgot while an append before was on its way came back with it: it goes
   * now that the tombstones are known.
   */
  private void eraseForgotten() {
    List<String> covered = tombstones.isEmpty() ? List.of() : lately.coveredBy(tombstones);
    lately.clear();
    eraser.erase(covered);
  }

  /** Looks a last time at what was appended lately. */
  void settle() {
    if (!lately.isEmpty() && tombstones.refresh()) {
      eraseForgotten();
    }
  }
}
