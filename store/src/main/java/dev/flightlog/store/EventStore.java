package dev.flightlog.store;

import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowExpiry;
import dev.flightlog.store.archive.RowReleases;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.servers.StoreCheck;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A place where events are kept. The importer and the questions call it; applications do not.
 *
 * <p>Safe for use by many threads. All calls but {@link #check} may block, stop early when their
 * thread is interrupted, and fail only with {@link StoreException}.
 */
public interface EventStore extends AutoCloseable {

  /**
   * Keeps the rows and the marks of the append, all or none, and tells what became of the rows. A
   * store that was told the same twice is as if told once. Mode {@code NEW} leaves an id already
   * kept as it was; {@code MERGE} combines it by {@link dev.flightlog.event.Merge}; {@code
   * COMPLETE} does so too, and waits aside when the id is not there yet. So the order of appends
   * does not matter for rows of mode MERGE and COMPLETE.
   */
  Appended append(Append append);

  /**
   * How many rows an append had best have where there are so many, since fewer cost about as much;
   * 0 where that makes no difference. Not a bound.
   */
  default int appendSize() {
    return 0;
  }

  /**
   * The marks whose keys begin with the prefix: those of this machine, and those of {@linkplain
   * Mark#isOfAll all}.
   */
  Map<String, String> marks(String prefix);

  /** The marks of these keys, as far as there are any; quicker than one by one. */
  default Map<String, String> marksOf(Collection<String> keys) {
    Map<String, String> found = new TreeMap<>();
    for (String key : keys) {
      String value = marks(key).get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  /** The keys that begin with the prefix; quicker than the marks. */
  default Set<String> markKeys(String prefix) {
    return marks(prefix).keySet();
  }

  /**
   * The mark of this key that each machine keeps, by machines; for what they tell each other. A
   * store of one machine has none.
   */
  default Map<String, String> marksOfMachines(String key) {
    return Map.of();
  }

  /**
   * What arrived behind the cursor, in the order of arrival, which is that of the appends and not
   * that of the times of the events. An event changed by a merge arrives again. Nothing is missed
   * and nothing comes twice, also while others append, after a crash, and in another process.
   *
   * <p>This is the way to follow a store: keep {@code next} with what was made of the events, and
   * go on from there whenever one likes.
   *
   * @param filter which events; those that do not match are passed over, and {@code next} stands
   *     behind them
   * @param most at most so many changes; more than 0
   */
  Changes changes(Cursor after, Filter filter, int most);

  /** The same of all events. */
  default Changes changes(Cursor after, int most) {
    return changes(after, Filter.EVERYTHING, most);
  }

  /** The place behind everything that has arrived: what is appended from now on is after it. */
  Cursor latest();

  /**
   * Removes all events that match, with their part of every sum, and the later parts that match and
   * wait for their beginning; all or none. Leaves {@link #tombstones}: these events, and what the
   * filter {@linkplain Tombstones#namedBy names outright}, are not taken in again by any append.
   * Marks stay: what others keep in them about such events they learn from {@link #changes}.
   */
  Forgotten forget(Filter filter);

  /** What was forgotten until now; for a store that is built anew in the place of this one. */
  Tombstones tombstones();

  /** Starts a read. The caller closes the answer. */
  Answer read(ReadRequest request);

  /**
   * Finds events by their words. What matches is decided by {@link
   * dev.flightlog.store.search.Matcher}, on every store the same.
   *
   * @param search what is looked for, and what comes first
   * @param among which events, newest first, behind which place, at most how many hits, and how
   *     long the store may work
   * @throws IllegalArgumentException when {@code among} is not newest first, or the most relevant
   *     are asked for behind a place
   */
  default SearchAnswer search(Search search, ReadRequest among) {
    among.requireSearchable(search.order());
    ReadRequest all = among.limit(Long.MAX_VALUE);
    try (Answer answer = read(all)) {
      return search.among(answer.events().filter(answer.unmet()::matches), among.limit());
    }
  }

  /** What a search costs this store: the size of its index, and what is not in it yet. */
  default SearchIndex searchIndex() {
    return SearchIndex.NONE;
  }

  /**
   * Groups and counts. Counts, sums, extremes and distinct counts are exact; a percentile's rank is
   * within 0.01 of the one asked for.
   */
  List<Row> aggregate(Aggregate aggregate);

  /** Which aggregates are answered without reading events. */
  RolledUp rolledUp();

  /**
   * The events of this time whose rows were given up, for an archive or for good. Aggregates that
   * {@link #rolledUp} answers from sums count them; reads, and aggregates that read events, do not
   * find them. A store that keeps all its rows has none.
   *
   * @param since microseconds since 1970, or {@link Long#MIN_VALUE}
   * @param until the first time that is no more asked for, or {@link Long#MAX_VALUE}
   */
  default Released released(long since, long until) {
    return Released.NONE;
  }

  /** How rows are given up and taken back; empty for a store that keeps all its rows. */
  default Optional<RowReleases> rowReleases() {
    return Optional.empty();
  }

  /** How old rows are let go; empty for a store whose rows go into archives. */
  default Optional<RowExpiry> rowExpiry() {
    return Optional.empty();
  }

  /** How work is given to one of all who share this store; empty for a store of one machine. */
  default Optional<Leases> leases() {
    return Optional.empty();
  }

  /**
   * Finishes what a store may put off while much is appended, such as the building of indexes.
   * Nothing depends on it but speed.
   */
  default void settle() {}

  /**
   * Adds up what came, and makes the index of its words, where a store puts that off until much has
   * come. May take minutes; nothing depends on it but speed. Beside {@link #leases()} it is done by
   * who holds that of {@link Leases#ROLL_UP}, and by whoever appends while nobody does. Safe beside
   * appends and other threads.
   */
  default void rollUp() {}

  /**
   * Lets another process write when one waits for it; the next append then waits for its own turn.
   * Who keeps a store open for long calls it now and then, when nothing of its own is half done.
   * Does not wait for others.
   */
  default void giveWay() {}

  /**
   * One sentence for a person when this store was there before, could not be read any more, and
   * begins empty; then everything must be imported again.
   */
  default Optional<String> begunAnew() {
    return Optional.empty();
  }

  /**
   * Looks at the servers of a store that several machines share; empty for a store that is a file.
   * Blocks for some seconds when a server does not answer; never throws.
   */
  default List<StoreCheck> checkServers() {
    return List.of();
  }

  /** Tells whether calls are likely to succeed. Cheap; never throws. */
  Health check();

  /**
   * Waits for appends in progress, then frees what this store itself opened. May be called twice.
   */
  @Override
  void close();
}
