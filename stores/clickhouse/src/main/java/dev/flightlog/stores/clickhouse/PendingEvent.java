package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.stores.clickhouse.rows.EventBlock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an id is to be after an append. Not safe for several threads. */
final class PendingEvent {
  /** The batch and row that it is, as long as nothing was joined with it. */
  private @Nullable EventBatch batch;

  private int row;
  private @Nullable Event event;
  private boolean aside;
  private boolean changed;
  private long version;
  private List<Long> places;

  /** The rows that are in it, or that it wrote. */
  private final Set<Long> versions = new HashSet<>();

  private PendingEvent(boolean aside, long version, List<Long> places) {
    this.aside = aside;
    this.version = version;
    this.places = places;
  }

  /** Of which nothing is kept. */
  static PendingEvent fresh(EventBatch batch, int row, boolean aside) {
    PendingEvent pending = new PendingEvent(aside, 0, List.of());
    pending.batch = batch;
    pending.row = row;
    pending.changed = true;
    return pending;
  }

  /** As it is kept. */
  static PendingEvent kept(KeptEvent kept) {
    PendingEvent pending = new PendingEvent(kept.aside(), kept.version(), kept.places());
    pending.event = kept.event();
    pending.versions.addAll(kept.versions());
    // Two rows are made one.
    pending.changed = kept.places().size() > 1 && kept.event() != null;
    return pending;
  }

  boolean isAside() {
    return aside;
  }

  boolean isChanged() {
    return changed;
  }

  long version() {
    return version;
  }

  Event event() {
    Event known = event;
    if (known == null) {
      if (batch == null) {
        throw new IllegalStateException("only the place of this event was asked for");
      }
      known = batch.event(row);
      event = known;
      batch = null;
    }
    return known;
  }

  /**
   * Takes another state.
   *
   * @param at the row from which it comes
   * @return false when it is as before
   */
  boolean become(Event other, boolean waits, int at) {
    if (waits == aside && other.equals(event())) {
      return false;
    }
    event = other;
    batch = null;
    aside = waits;
    row = at;
    changed = true;
    return true;
  }

  /** Adds it to a block with this version, and what hides the places where it stood before. */
  void addTo(EventBlock block, EventBatch changedRows, long newVersion) {
    EventBatch from = batch;
    int at = row;
    if (from == null) {
      from = changedRows;
      at = changedRows.size();
      changedRows.add(Mode.NEW, event());
    }
    long micros = from.integer(at, Field.TIMESTAMP);
    String id = String.valueOf(from.text(at, Field.ID));
    block.add(from, at, newVersion, aside, row);
    for (long place : places) {
      if (place != micros) {
        block.bury(changedRows, addGravestone(changedRows, id, place), newVersion);
      }
    }
    version = newVersion;
    versions.add(newVersion);
    places = List.of(micros);
  }

  /** Adds a row that has nothing but a place; tells which row it is. */
  static int addGravestone(EventBatch rows, String id, long micros) {
    int row = rows.size();
    rows.begin(Mode.NEW);
    rows.text(Field.ID, id);
    rows.integer(Field.TIMESTAMP, micros);
    rows.text(Field.EVENT_TYPE, "");
    rows.text(Field.CATEGORY, "");
    rows.end();
    return row;
  }

  /**
   * Whether what it wrote stands, and nothing else that it does not know.
   *
   * @param now what is kept, without the event; null when nothing is
   */
  boolean isAsWritten(@Nullable KeptEvent now) {
    return now != null
        && now.version() == version
        && now.places().size() == 1
        && versions.containsAll(now.versions());
  }

  /**
   * Whether all that is in it, and all that others wrote, is kept now; if not, it becomes what has
   * to be written.
   *
   * @param now what is kept; null when nothing is
   */
  boolean isWithin(@Nullable KeptEvent now) {
    Event stands = now == null ? null : now.event();
    Event all = now == null ? null : now.all();
    if (now == null || stands == null || all == null) {
      return false;
    }
    Event joined = now.aside() ? Merge.combine(event(), all) : Merge.combine(all, event());
    boolean waits = aside && now.aside();
    if (joined.equals(stands) && waits == now.aside() && now.places().size() == 1) {
      return true;
    }
    event = joined;
    batch = null;
    aside = waits;
    version = now.version();
    versions.addAll(now.versions());
    places = now.places();
    return false;
  }
}
