package dev.flightlog.analysis;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Health;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.Tombstones;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices when an answer asks for rows that stand in archives: then it was made without them. For
 * one answer, by one thread.
 */
final class ArchiveWatch implements EventStore {
  private final EventStore store;
  private Released missed = Released.NONE;

  ArchiveWatch(EventStore store) {
    this.store = store;
  }

  /** What the answer was made without, in a sentence; empty when it misses nothing. */
  Optional<String> note() {
    if (missed.events() == 0) {
      return Optional.empty();
    }
    String since = Timestamps.text(missed.since()).substring(0, 10);
    String until = Timestamps.text(missed.until() - 1).substring(0, 10);
    return Optional.of(
        "Made without the texts of "
            + Units.count(missed.events(), "event")
            + " of "
            + (since.equals(until) ? since : since + " to " + until)
            + (store.rowReleases().isPresent()
                ? ", which are archived: flightlog archive list, then archive thaw WEEK"
                : ", which are not kept any longer (lifecycle.store_days)"));
  }

  private void note(Filter filter) {
    long since = Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    List<Filter> parts =
        Filter.and(List.of(filter)) instanceof Filter.And(List<Filter> all) ? all : List.of(filter);
    for (Filter part : parts) {
      if (part instanceof Filter.Time(long from, long to)) {
        since = from;
        until = to;
      }
    }
    Released released = store.released(since, until);
    if (released.events() > missed.events()) {
      missed = released;
    }
  }

  @Override
  public dev.flightlog.store.Answer read(ReadRequest request) {
    note(request.filter());
    return store.read(request);
  }

  @Override
  public SearchAnswer search(Search search, ReadRequest among) {
    note(among.filter());
    return store.search(search, among);
  }

  @Override
  public SearchIndex searchIndex() {
    return store.searchIndex();
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    if (store.rolledUp().cost(aggregate) == RolledUp.Cost.EVENTS) {
      note(aggregate.filter());
    }
    return store.aggregate(aggregate);
  }

  @Override
  public Released released(long since, long until) {
    return store.released(since, until);
  }

  @Override
  public Appended append(Append append) {
    return store.append(append);
  }

  @Override
  public Map<String, String> marks(String prefix) {
    return store.marks(prefix);
  }

  @Override
  public Changes changes(Cursor after, Filter filter, int most) {
    return store.changes(after, filter, most);
  }

  @Override
  public Cursor latest() {
    return store.latest();
  }

  @Override
  public Forgotten forget(Filter filter) {
    return store.forget(filter);
  }

  @Override
  public Tombstones tombstones() {
    return store.tombstones();
  }

  @Override
  public RolledUp rolledUp() {
    return store.rolledUp();
  }

  @Override
  public Health check() {
    return store.check();
  }

  @Override
  public void close() {
    store.close();
  }
}
