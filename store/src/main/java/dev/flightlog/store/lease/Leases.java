package dev.flightlog.store.lease;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that some work is done by one of all who share a store: a lease with an end, which
 * another takes over when its holder is gone. Ends are by the clock of the store, so that clocks of
 * machines that differ do no harm. Safe for many threads; blocks, an {@link #acquire} for some
 * seconds; fails with {@link dev.flightlog.store.StoreException}.
 */
public interface Leases {
  /** The work that {@link dev.flightlog.store.EventStore#rollUp} is. */
  String ROLL_UP = "roll-up";

  /** The work of keeping what is learnt of sessions. */
  String LEARN = "learning";

  /**
   * Takes the lease when nobody has it.
   *
   * @param work letters, digits and -
   * @param holder for people; the same holder may ask twice, and has two leases then
   * @param length how long it holds; at least ten seconds
   * @return empty when another has it
   */
  Optional<Lease> acquire(String work, String holder, Duration length);

  /**
   * Makes a lease hold for longer.
   *
   * @return empty when it has ended, or another has taken over
   */
  Optional<Lease> renew(Lease lease, Duration length);

  /** Gives a lease back, so that another need not wait for its end. */
  void release(Lease lease);

  /** Who has it now, by the clock of the store. */
  Optional<String> holder(String work);

  /**
   * Keeps that a piece of the work is done, for whoever does the work next.
   *
   * @param item letters, digits and -
   * @return false when another has taken over meanwhile; then nothing is kept
   */
  boolean done(Lease lease, String item);

  /** The pieces of the work that are done, each with the term under which it was. */
  Map<String, Long> done(String work);
}
