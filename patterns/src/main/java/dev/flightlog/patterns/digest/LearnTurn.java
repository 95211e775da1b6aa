package dev.flightlog.patterns.digest;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import java.time.Duration;
import java.util.Optional;

/**
 * The lease of {@link Leases#LEARN} for a while, for a program that does not have it as its duty;
 * renewed by whoever asks whether it holds. For one thread; blocks and fails as leases do.
 */
final class LearnTurn implements AutoCloseable {
  private static final Duration LENGTH = Duration.ofSeconds(60);

  private final Leases leases;
  private Lease lease;

  private LearnTurn(Leases leases, Lease lease) {
    this.leases = leases;
    this.lease = lease;
  }

  /** Takes it; empty when another has it. */
  static Optional<LearnTurn> take(Leases leases) {
    String holder = "process " + ProcessHandle.current().pid();
    return leases.holder(Leases.LEARN).isPresent()
        ? Optional.empty()
        : leases.acquire(Leases.LEARN, holder, LENGTH).map(lease -> new LearnTurn(leases, lease));
  }

  /** Whether nobody else has it. */
  boolean holds() {
    if (lease.endNanos() - System.nanoTime() < LENGTH.toNanos() / 2) {
      Optional<Lease> longer = leases.renew(lease, LENGTH);
      longer.ifPresent(renewed -> lease = renewed);
    }
    return lease.holds();
  }

  /** Gives it back; where that fails it ends by itself. */
  @Override
  public void close() {
    try {
      leases.release(lease);
    } catch (StoreException e) {
      // It ends within a minute.
    }
  }
}
