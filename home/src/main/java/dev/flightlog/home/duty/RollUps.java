package dev.flightlog.home.duty;

import dev.flightlog.home.Home;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.tasks.PeriodicThread;
import java.time.Duration;

/**
 * Adds up what machines have sent into a store that they share, on a thread of its own, while it is
 * the duty of this process: however many ship, one adds up, and none waits for it. Does nothing
 * beside a store of one machine, which adds up as it takes in. Safe for many threads.
 */
public final class RollUps implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final EventStore store;
  private final Duty duty;
  private final PeriodicThread clock;

  /**
   * @param store stays open until this is closed
   */
  public RollUps(EventStore store, Home home) {
    this.store = store;
    this.duty = Duty.of(home, store, Leases.ROLL_UP, home::tell);
    this.clock = new PeriodicThread("flightlog-roll-up", home::tell);
  }

  /** Begins. */
  public RollUps start() {
    if (store.leases().isPresent()) {
      duty.start();
      clock.every(Duration.ofSeconds(2), EVERY, "adding up what came", this::run);
    }
    return this;
  }

  private void run() {
    if (duty.holds()) {
      store.rollUp();
    }
  }

  @Override
  public void close() {
    clock.close();
    duty.close();
  }
}
