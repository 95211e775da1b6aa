package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.event.Event;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.search.Matcher;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.pages.KeyedPages;
import dev.flightlog.stores.clickhouse.rollups.SearchPlaces;
import dev.flightlog.stores.clickhouse.rollups.SearchPlaces.SearchPlace;
import dev.flightlog.stores.clickhouse.rollups.SumTables;
import dev.flightlog.stores.clickhouse.search.WordPlaces.Candidate;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import java.time.Duration;
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
    long end = System.nanoTime() + among.patience().toNanos();
    long needed = search.needed(among.limit());
    Position after = among.after();
    Filter.Time time = time(among.filter());
    long until =
        after == null || after.micros() == Long.MAX_VALUE
            ? time.until()
            : Math.min(time.until(), after.micros() + 1);
    NeededRuns runs = NeededRuns.of(search.query());
    List<SearchPlace> times = new SearchPlaces(connection, tables).of(time.since(), until);
    List<Candidate> places = new WordPlaces(connection, tables.words()).of(runs, times);
    Look look =
        new Look(
            FilterSql.of(among.filter()),
            runs.rough(),
            new Matcher(search.query()),
            new Deadline(end, among.patience(), times));
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
  private record Look(FilterSql where, String rough, Matcher matcher, Deadline deadline) {}

  /**
   * When a search has taken too long, as {@link System#nanoTime} tells it.
   *
   * @param whole how long it may take in all
   * @param times what it looks into
   */
  private record Deadline(long end, Duration whole, List<SearchPlace> times) {
    Duration left() {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        throw passed(null);
      }
      return left;
    }

    StoreException passed(@Nullable StoreException cause) {
      long waiting = times.stream().mapToLong(SearchPlace::waiting).sum();
      String why =
          waiting == 0
              ? "too many events have its words"
              : "the words of about "
                  + waiting
                  + " events are not noted yet, which 'flightlog ship' and 'flightlog serve' do";
      return new StoreException(
          StoreException.Kind.STOPPED,
          "the search was not done within "
              + whole.toSeconds()
              + " s: "
              + why
              + "; ask for a shorter time",
          cause);
    }
  }

  private void look(
      Look look,
      List<Candidate> places,
      @Nullable Position after,
      long needed,
      ReadRequest among,
      List<SearchHit> hits) {
    String rough = WordPlaces.within(places) + " AND " + look.rough;
    Position behind = after;
    do {
      long missing = Math.min(needed - hits.size(), Search.RANKED);
      long wanted = Math.max(LEAST_ROWS, missing + missing / 4);
      KeyedPages.Page page = page(look, rough, behind, wanted);
      eventsRead.addAndGet(page.found().size());
      for (Event event : page.found()) {
        if (hits.size() < needed && look.where.unmet().matches(event)) {
          look.matcher.hit(event).ifPresent(hits::add);
        }
      }
      behind = page.last();
    } while (behind != null && hits.size() < needed);
  }

  private KeyedPages.Page page(Look look, String rough, @Nullable Position behind, long wanted) {
    Duration left = look.deadline.left();
    try {
      return new KeyedPages(connection, tables.events(), left)
          .page(rough, look.where.sql(), false, behind, wanted);
    } catch (StoreException e) {
      throw e.kind() == StoreException.Kind.STOPPED && System.nanoTime() >= look.deadline.end
          ? look.deadline.passed(e)
          : e;
    }
  }
}
