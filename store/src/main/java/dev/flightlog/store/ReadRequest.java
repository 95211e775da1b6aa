package dev.flightlog.store;

import dev.flightlog.store.search.Search;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which events, in which order, how many.
 *
 * @param after go on behind this place in the order of the request; null from its beginning
 * @param limit at most so many; {@link Long#MAX_VALUE} for all
 * @param patience how long the store may work at it before it fails as STOPPED
 */
public record ReadRequest(
    Filter filter, Order order, @Nullable Position after, long limit, Duration patience) {

  /** By {@link Position}. */
  public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /** Long enough for a scan of many millions of events. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  public ReadRequest {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + limit);
    }
  }

  public static ReadRequest oldestFirst(Filter filter) {
    return new ReadRequest(filter, Order.OLDEST_FIRST, null, Long.MAX_VALUE, PATIENCE);
  }

  public static ReadRequest newestFirst(Filter filter) {
    return new ReadRequest(filter, Order.NEWEST_FIRST, null, Long.MAX_VALUE, PATIENCE);
  }

  public ReadRequest limit(long events) {
    return new ReadRequest(filter, order, after, events, patience);
  }

  public ReadRequest after(Position position) {
    return new ReadRequest(filter, order, position, limit, patience);
  }

  public ReadRequest patience(Duration longest) {
    return new ReadRequest(filter, order, after, limit, longest);
  }

  /** Refuses what no search can be asked among; a help for stores. */
  public void requireSearchable(Search.Order wanted) {
    if (order != Order.NEWEST_FIRST) {
      throw new IllegalArgumentException("a search is asked newest first");
    } else if (wanted == Search.Order.RELEVANCE && after != null) {
      throw new IllegalArgumentException("the most relevant hits have no next page");
    }
  }
}
