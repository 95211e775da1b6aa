package dev.flightlog.store;

import java.util.List;
import java.util.Map;

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

  /** The marks whose keys begin with the prefix. */
  Map<String, String> marks(String prefix);

  /** Starts a read. The caller closes the answer. */
  Answer read(ReadRequest request);

  /**
   * Groups and counts. Counts, sums, extremes and distinct counts are exact; a percentile's rank is
   * within 0.01 of the one asked for.
   */
  List<Row> aggregate(Aggregate aggregate);

  /**
   * Finishes what a store may put off while much is appended, such as the building of indexes.
   * Nothing depends on it but speed.
   */
  default void settle() {}

  /** Tells whether calls are likely to succeed. Cheap; never throws. */
  Health check();

  /**
   * Waits for appends in progress, then frees what this store itself opened. May be called twice.
   */
  @Override
  void close();
}
