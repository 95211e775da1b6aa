package dev.flightlog.home.duty;

import dev.flightlog.analysis.Observers;
import dev.flightlog.home.Home;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.digest.Learner;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.tasks.PeriodicThread;
import java.time.Duration;

/**
 * Learns of the sessions of a store that machines share, on a thread of its own, while it is the
 * duty of this process: however many ask, one looks at what came, and all have what it found. Does
 * nothing beside a store of one machine, of which is learnt when it is asked. Safe for many
 * threads.
 */
public final class SessionLearning implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** How long at once; then it is looked at again who has the duty, and who has newer observers. */
  private static final Duration AT_ONCE = Duration.ofSeconds(30);

  /** Of the time, what it may take to keep up: a long session is read anew whenever it goes on. */
  private static final int SHARE = 5;

  /** So many turns go by before it is looked at whether those who learn are older than this. */
  private static final int TURNS = 30;

  private final EventStore store;
  private final Home home;
  private final Learner learner;
  private final Duty duty;
  private final PeriodicThread clock;
  private long again = System.nanoTime();
  private int turns;
  private boolean left;

  /**
   * @param store stays open until this is closed
   */
  public SessionLearning(EventStore store, Home home) {
    this.store = store;
    this.home = home;
    this.learner = Observers.learner(store);
    this.duty = Duty.of(home, store, Leases.LEARN, home::tell);
    this.clock = new PeriodicThread("flightlog-learn", home::tell);
  }

  /** Begins. */
  public SessionLearning start() {
    if (store.leases().isPresent()) {
      duty.start();
      clock.every(Duration.ofSeconds(2), EVERY, "learning of sessions", this::run);
    }
    return this;
  }

  private void run() {
    if (!duty.holds()) {
      if (turns++ % TURNS == 0) {
        learner.tellOfNewer();
      }
    } else if (System.nanoTime() - again >= 0) {
      try {
        learn();
      } catch (StoreException e) {
        // Of an end that was asked for nothing is to be told.
        if (e.kind() != Kind.STOPPED && e.kind() != Kind.CLOSED) {
          throw e;
        }
      }
    }
  }

  private void learn() {
    long begun = System.nanoTime();
    Learner.Outcome outcome = Learner.Outcome.PART;
    while (outcome == Learner.Outcome.PART && duty.holds()) {
      begun = System.nanoTime();
      outcome = learner.learn(duty::holds, AT_ONCE, Digest.Progress.NONE);
    }
    long end = System.nanoTime();
    again = end + (end - begun) * (SHARE - 1);
    if (outcome == Learner.Outcome.NEWER && !left) {
      left = true;
      duty.close();
      home.tell(
          "a newer Flightlog learns of the sessions of the shared store from now on; this one does"
              + " so no more");
    }
  }

  @Override
  public void close() {
    clock.close();
    duty.close();
  }
}
