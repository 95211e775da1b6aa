package dev.flightlog.store.archive;

/**
 * How a store lets rows go for good that are older than somebody wants to keep. Their sums stay, so
 * that what {@link dev.flightlog.store.EventStore#rolledUp} answers is as before; reads do not find
 * them; {@link dev.flightlog.store.EventStore#released} tells of them. Events from before then are
 * not taken in any more, as if they were forgotten. Threads, blocking and failures are those of the
 * store.
 */
public interface RowExpiry {

  /** The time before which rows went; {@link Long#MIN_VALUE} when none did. */
  long expired();

  /**
   * How many rows would go.
   *
   * @param before microseconds since 1970
   */
  long due(long before);

  /**
   * Lets the rows of all whole days before this time go. Ended anywhere, the same call completes
   * it.
   *
   * @param before microseconds since 1970
   * @return how many rows went
   * @throws dev.flightlog.store.StoreException OVERLOADED, and nothing went, when something came
   *     just now that is as old, so that it is not in the sums yet
   */
  long expire(long before);
}
