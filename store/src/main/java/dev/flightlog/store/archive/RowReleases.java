package dev.flightlog.store.archive;

import dev.flightlog.event.Event;
import java.util.Iterator;
import java.util.Set;

/**
 * How a store gives up the rows of events that are kept elsewhere. Their sums stay, so that what
 * {@link dev.flightlog.store.EventStore#rolledUp} answers is as before; reads do not find them;
 * {@link dev.flightlog.store.EventStore#released} tells of them. Appended again, they change
 * nothing. Each call is done whole or not at all. Threads, blocking and failures are those of the
 * store.
 */
public interface RowReleases {

  /**
   * Gives up all rows of these hours.
   *
   * @param since microseconds since 1970, the beginning of an hour
   * @param until the same, behind the last
   * @param kept the ids of events that are kept elsewhere
   * @return how many rows were given up
   * @throws dev.flightlog.store.StoreException REFUSED when there is a row that is not among those
   */
  long release(long since, long until, Set<String> kept);

  /**
   * Takes the rows of these hours back.
   *
   * @param events at least all that were released of these hours; others are left out
   * @return how many came back
   * @throws dev.flightlog.store.StoreException REFUSED when some of the released are missing
   */
  long reinstate(long since, long until, Iterator<Event> events);

  /**
   * Takes over what another store of the same engine has released, with its sums; for a store that
   * is built anew in its place, before anything else is appended.
   */
  void takeOver(RowReleases old);

  /** Gives the space of what was released or forgotten back to the disk. May take long. */
  void compact();

  /** How many bytes it takes on the disk. */
  long bytesOnDisk();
}
