package dev.flightlog.lifecycle;

import dev.flightlog.lifecycle.archive.Week;
import java.time.Instant;
import java.util.OptionalLong;

/** The rows of a store, as far as they age with the home. */
sealed interface AgingRows permits RowMover, StandingRows {

  /** The time of the first event whose row may move, from some time on. */
  OptionalLong first(long since);

  /** How many rows of this time may move. */
  long count(long since, long until);

  /**
   * Archives and releases the rows of a part of a week.
   *
   * @param since where it begins; the beginning of an hour in that week
   * @param until where it ends; the beginning of an hour
   * @return how many rows
   */
  long release(Week week, long since, long until);

  /** Takes the rows of a week back from its archive; answers how many. */
  long reinstate(Week week);

  /** How many rows are let go for good by now. */
  long due(Instant now);

  /** Lets them go; answers how many went. */
  long expire(Instant now);

  /** Whether old weeks of the home are left to its summaries. */
  boolean freeze();

  /** Gives the space of what was released back to the disk. May take long. */
  void compact();

  /** How many bytes they take on the disk of this home. */
  long bytesOnDisk();
}
