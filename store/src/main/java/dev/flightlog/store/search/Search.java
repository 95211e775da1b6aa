package dev.flightlog.store.search;

import dev.flightlog.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request to a store: what is looked for, and what comes first. */
public record Search(SearchQuery query, Order order) {
  /** So many of the newest matches are compared where the most relevant come first. */
  public static final int RANKED = 1000;

  /** What comes first. */
  public enum Order {
    NEWEST,
    /**
     * Of the {@value Search#RANKED} newest matches those first that have the words most often for
     * their length; among equals the newest.
     */
    RELEVANCE
  }

  public static Search newest(SearchQuery query) {
    return new Search(query, Order.NEWEST);
  }

  public static Search relevant(SearchQuery query) {
    return new Search(query, Order.RELEVANCE);
  }

  /** So many matches must be found for an answer of this limit. */
  public long needed(long limit) {
    return order == Order.RELEVANCE ? RANKED : limit == Long.MAX_VALUE ? limit : limit + 1;
  }

  /**
   * The answer made of all events that may match; a help for stores, and the meaning of a search.
   *
   * @param newestFirst taken only as far as needed
   */
  public SearchAnswer among(Stream<Event> newestFirst, long limit) {
    Matcher matcher = new Matcher(query);
    long needed = needed(limit);
    List<SearchHit> hits = new ArrayList<>();
    for (Iterator<Event> each = newestFirst.iterator(); hits.size() < needed && each.hasNext(); ) {
      Optional<SearchHit> hit = matcher.hit(each.next());
      hit.ifPresent(hits::add);
    }
    return answer(hits, limit);
  }

  /**
   * The answer of this order.
   *
   * @param newestFirst the {@link #needed} newest matches, or all there are
   */
  public SearchAnswer answer(List<SearchHit> newestFirst, long limit) {
    List<SearchHit> hits = new ArrayList<>(newestFirst);
    if (order == Order.RELEVANCE) {
      hits.sort(Comparator.comparingDouble(SearchHit::score).reversed());
    }
    boolean more = hits.size() > limit;
    return new SearchAnswer(more ? hits.subList(0, (int) limit) : hits, more);
  }
}
