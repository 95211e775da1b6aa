package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.event.Event;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Matcher;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.pages.KeyedPages;
import dev.flightlog.stores.clickhouse.rollups.SearchPlaces;
import dev.flightlog.stores.clickhouse.rollups.SumTables;
import dev.flightlog.stores.clickhouse.search.WordPlaces.Candidate;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Searches the times that may have matches, the newest first, until there are enough; {@link
 * Matcher} decides. Safe for many threads; blocks.
 *
 * @param eventsRead counts the events that were looked at
 */
public record WordSearch(ServerConnection connection, SumTables tables, AtomicLong eventsRead) {
  /** About so many events lie in the places that are looked into first; then four times as many. */
  private static final long FIRST = 200_000;

  private static final long MOST = 4_000_000;
  private static final int MOST_PLACES = 150;
  private static final long LEAST_ROWS = 24;

  /** Finds what {@link dev.flightlog.store.EventStore#search} tells. */
  public SearchAnswer search(Search search, ReadRequest among) {
    long needed = search.needed(among.limit());
    Position after = among.after();
    Filter.Time time = time(among.filter());
    long until =
        after == null || after.micros() == Long.MAX_VALUE
            ? time.until()
            : Math.min(time.until(), after.micros() + 1);
    NeededRuns runs = NeededRuns.of(search.query());
    List<Candidate> places =
        new WordPlaces(connection, tables.words())
            .of(runs, new SearchPlaces(connection, tables).of(time.since(), until));
    Look look = new Look(FilterSql.of(among.filter()), runs.rough(), new Matcher(search.query()));
    List<SearchHit> hits = new ArrayList<>();
    long size = FIRST;
    for (int from = 0;
        from < places.size() && hits.size() < needed;
        size = Math.min(size * 4, MOST)) {
      int to = from;
      for (long events = 0; to < places.size() && to - from < MOST_PLACES && events < size; to++) {
        events += places.get(to).events();
      }
      look(look, places.subList(from, to), after, needed, among, hits);
      from = to;
    }
    return search.answer(hits, among.limit());
  }

  private static Filter.Time time(Filter filter) {
    Filter.Time time = new Filter.Time(Long.MIN_VALUE, Long.MAX_VALUE);
    Filter whole = Filter.and(List.of(filter));
    for (Filter part : whole instanceof Filter.And(List<Filter> all) ? all : List.of(whole)) {
      time = part instanceof Filter.Time told ? told : time;
    }
    return time;
  }

  /** What is asked of an event. */
  private record Look(FilterSql where, String rough, Matcher matcher) {}

  private void look(
      Look look,
      List<Candidate> places,
      @Nullable Position after,
      long needed,
      ReadRequest among,
      List<SearchHit> hits) {
    KeyedPages pages = new KeyedPages(connection, tables.events(), among.patience());
    String rough = WordPlaces.within(places) + " AND " + look.rough;
    Position behind = after;
    do {
      long missing = Math.min(needed - hits.size(), Search.RANKED);
      long wanted = Math.max(LEAST_ROWS, missing + missing / 4);
      KeyedPages.Page page = pages.page(rough, look.where.sql(), false, behind, wanted);
      eventsRead.addAndGet(page.found().size());
      for (Event event : page.found()) {
        if (hits.size() < needed && look.where.unmet().matches(event)) {
          look.matcher.hit(event).ifPresent(hits::add);
        }
      }
      behind = page.last();
    } while (behind != null && hits.size() < needed);
  }
}
