package dev.flightlog.analysis;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.view.StoreView;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Optional;

/**
 * Notices when an answer asks for rows that stand in archives: then it was made without them. For
 * one answer, by one thread.
 */
final class ArchiveWatch extends StoreView {
  private Released missed = Released.NONE;

  ArchiveWatch(EventStore store) {
    super(store);
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
            + (behind().rowReleases().isPresent()
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
    Released released = behind().released(since, until);
    if (released.events() > missed.events()) {
      missed = released;
    }
  }

  @Override
  public dev.flightlog.store.Answer read(ReadRequest request) {
    note(request.filter());
    return behind().read(request);
  }

  @Override
  public SearchAnswer search(Search search, ReadRequest among) {
    note(among.filter());
    return behind().search(search, among);
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    if (behind().rolledUp().cost(aggregate) == RolledUp.Cost.EVENTS) {
      note(aggregate.filter());
    }
    return behind().aggregate(aggregate);
  }
}
